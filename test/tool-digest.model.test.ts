import { expect, test } from 'vitest';
import { toolDigest } from '../api/tool-digest.js';
import { inProject } from '../proof/project.js';
import { run } from './run-command.js';

test('is over what npm packs of dist, as find and sha256sum see it', { timeout: 60_000 }, async () => {
  const { out } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']);
  const [{ files }] = JSON.parse(out) as [{ readonly files: readonly { readonly path: string }[] }];
  const packed = files.flatMap(({ path }) => (path.startsWith('dist/') ? [path.slice(5)] : []));
  expect(packed.length).toBeGreaterThan(500);
  const lines = `cd '${inProject('dist')}' && printf '%s\\n' ${packed.join(' ')} | LC_ALL=C sort | xargs sha256sum | sha256sum`;
  const summed = await run('bash', ['-c', lines]);
  expect(toolDigest()).toBe(`sha256:${summed.out.slice(0, 64)}`);
});
