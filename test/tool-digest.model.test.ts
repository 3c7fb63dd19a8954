import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { inProject } from '../proof/project.js';
import { pack } from './packed.test.support.js';
import { assay, emptyFolder, run } from './run-command.js';

const { folder, remove } = emptyFolder();
afterAll(remove);

test('is over the code that npm packs, as find and sha256sum see it', { timeout: 60_000 }, async () => {
  const { files } = await pack(folder);
  const packed = files.flatMap((file) => (file.startsWith('dist/bundle/') ? [file.slice(12)] : []));
  expect(packed.length).toBeGreaterThan(100);
  const lines = `cd '${inProject('dist/bundle')}' && printf '%s\\n' ${packed.join(' ')} | LC_ALL=C sort | xargs sha256sum | sha256sum`;
  const summed = await run('bash', ['-c', lines]);
  const spec = inProject('specs/tiny-features.yaml');
  await assay(['check', spec, '--only', 'layout', '--out', folder]);
  const { tool } = JSON.parse(readFileSync(path.join(folder, 'run.json'), 'utf8'));
  expect(tool.digest).toBe(`sha256:${summed.out.slice(0, 64)}`);
});
