import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assay as plugin } from '../api/vitest.js';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import { inProject, projectFolder } from '../proof/project.js';
import { emptyFolder, run } from './run-command.js';

const { folder, remove } = emptyFolder();
const at = (...parts: readonly string[]) => path.join(folder, ...parts);
const twins = inProject('models-under-test/twins');

beforeAll(async () => {
  await ensureRuntime();
  mkdirSync(at('node_modules'));
  symlinkSync(projectFolder, at('node_modules/model-assay'));
  symlinkSync(inProject('node_modules/vitest'), at('node_modules/vitest'));
  for (const file of ['writes-file', 'writes-file.yaml'])
    cpSync(path.join(twins, file), at('specs', file), { recursive: true });
  const contract = readFileSync(path.join(twins, 'writes-file.yaml'), 'utf8');
  writeFileSync(at('specs/nowhere.yaml'), contract.replace(/^model: .*/m, 'model: nowhere'));
  cpSync(inProject('models-under-test/tiny-classifier'), at('specs/tiny-classifier'), { recursive: true });
  const classes = readFileSync(inProject('specs/tiny-classifier.yaml'), 'utf8');
  writeFileSync(at('specs/tiny-classifier.yaml'), classes.replace(/^model: .*/m, 'model: tiny-classifier'));
  writeFileSync(at('specs/tiny-classifier.labels.txt'), 'cat\ndog\ncat\nfox\nowl\n');
}, 600_000);
afterAll(remove);

/** Runs the tests of one spec. */
async function vitest(spec: string, options: object, ...args: readonly string[]) {
  const config = `plugins: [assay(${JSON.stringify({ seed: 7, ...options })})], test: { include: ['specs/*.yaml'] }`;
  writeFileSync(
    at('vitest.config.mjs'),
    `import { assay } from 'model-assay/vitest';\nexport default { ${config} };`,
  );
  const command = ['node_modules/vitest/vitest.mjs', 'run', `specs/${spec}.yaml`, ...args];
  return run(process.execPath, command, { cwd: folder });
}

describe('a test whose answer was left out by a filter of vitest fails', { timeout: 120_000 }, () => {
  test.each([
    ['writes-file', 'output/shape', 'safety/no-dangerous-ops to tell, which was not asked'],
    ['nowhere', 'output/shape', 'nowhere does not exist'],
  ])('%s, -t %s', async (spec, only, why) => {
    const { code, err } = await vitest(spec, {}, '-t', only);
    expect([code, err]).toEqual([1, expect.stringContaining(why)]);
  });
});

describe('a warning', { timeout: 120_000 }, () => {
  test.each([
    [false, 0, ''],
    [true, 1, 'names cat more than once'],
  ])('fails a test where strict is %s: exit code %i', async (strict, expected, why) => {
    const { code, err } = await vitest('tiny-classifier', { strict }, '-t', 'classification/class-index');
    expect([code, err]).toEqual([expected, expect.stringContaining(why)]);
  });
});

describe('an option', () => {
  test.each<[object, string]>([
    [{ strikt: true }, 'assay() has no option strikt'],
    [{ toString: true }, 'assay() has no option toString'],
    [{ strict: 'yes' }, 'strict of assay() must be true or false'],
    [{ seed: '7' }, 'seed of assay() must be a whole number'],
    [{ seed: -1 }, 'seed of assay() must be a whole number'],
    [{ checks: './mine.js' }, 'checks of assay() must be a list'],
  ])('that it does not have, or of another type, is refused: %j', (options, why) => {
    expect(() => plugin(options as object)).toThrow(why);
  });

  test('may be undefined', () => {
    expect(() => plugin({ strict: undefined } as object)).not.toThrow();
  });
});
