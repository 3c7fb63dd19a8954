import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';
import { parseSpec } from '../harness/contract/parsing/parse.js';
import { init } from './init.js';

const models = fileURLToPath(new URL('../../models-under-test/', import.meta.url));

test('whatever model can be read gives a spec that can be read, and the rest a sentence', async () => {
  const files = globSync('**/saved_model.pb', { cwd: models });
  expect(files.length).toBeGreaterThan(100);
  for (const file of files) {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const code = await init(join(models, file, '..'), { out: '-' }, { stdout, stderr });
    if (code === 0) expect(parseSpec(textOf(stdout), 'spec.yaml').kind, file).toBe('contract');
    else expect(textOf(stderr), file).toMatch(/^.+\n {2}→ .+\n$/);
  }
});

function textOf(stream: PassThrough): string {
  return String(stream.read() ?? '');
}
