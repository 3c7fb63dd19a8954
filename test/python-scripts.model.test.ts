import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import { inProject, twins } from '../proof/project.js';
import { assay, emptyFolder, run } from './run-command.js';

/** A Python with TensorFlow, as a publisher without this tool has it. */
const interpreter = process.env.ASSAY_PYTHON ?? 'python3';
const ready = await run(interpreter, ['-c', 'import tensorflow_hub']).then(
  ({ code }) => code === 0,
  () => false,
);
if (!ready)
  console.warn(
    `Skipped: ${interpreter} has no tensorflow_hub. Install it, or name another Python in ASSAY_PYTHON.`,
  );

/** One for each way of showing something. */
const shown = [
  'batch-statistics-at-inference',
  'constant-rows',
  'dead-branch-trainable',
  'default-is-training',
  'dict-with-one-entry',
  'divided-by-deviation',
  'dropout-at-inference-only',
  'dropout-from-generator',
  'dropout-outputs-001',
  'fails-at-odd-sizes',
  'first-pixel-only',
  'flag-ignored',
  'float64-rows',
  'gradient-stopped-on-branch',
  'keras3-export',
  'loss-of-shape-one',
  'momentum-default-differs',
  'multiples-of-eight-only',
  'no-variables-list',
];

/** Sound models in which values return for other reasons than dropout of the outputs. */
const sound = [
  'inner-dropout-relu',
  'k-winners',
  'half-precision-inside',
  'one-unit-per-relu-feature',
  'stochastic-depth',
];

describe.skipIf(!ready)('the script of --python shows the failure in TensorFlow', () => {
  const { folder, remove } = emptyFolder();
  beforeAll(async () => {
    await ensureRuntime();
    const specs = shown.map((name) => inProject('models-under-test', 'twins', `${name}.yaml`));
    await assay(['check', ...specs, '--seed', '7', '--report', 'json', '--out', folder]);
  }, 600_000);

  afterAll(remove);

  test.each(shown)('%s', { timeout: 120_000 }, async (name) => {
    const check = twins().find(({ twin }) => twin === name)?.check ?? '';
    const ended = await run(interpreter, [await scriptOf(name, check)]);
    expect(ended.out, ended.err).toMatch(/^expected: .+\nactual: {3}.+/m);
    expect(ended.code).toBe(1);
  });

  test.each(sound)(
    'and nothing on %s, where values return for other reasons',
    { timeout: 120_000 },
    async (name) => {
      const file = await scriptOf('dropout-outputs-001', 'dropout/outputs-kept');
      const ended = await run(interpreter, [file, inProject('models-under-test', name)]);
      expect(ended, ended.err).toMatchObject({ code: 0 });
    },
  );

  async function scriptOf(name: string, check: string): Promise<string> {
    const asked = ['replay', path.join(folder, 'run.json'), '--model', name, '--check', check, '--python'];
    const { code, out: script, err } = await assay(asked);
    expect([code, err]).toEqual([0, '']);
    const file = path.join(folder, `${name}.py`);
    writeFileSync(file, script);
    return file;
  }
});
