import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import { inProject, twins } from './project.js';
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
  'default-is-training',
  'dict-with-one-entry',
  'divided-by-deviation',
  'fails-at-odd-sizes',
  'flag-ignored',
  'float64-rows',
  'gradient-stopped-on-branch',
  'keras3-export',
  'loss-of-shape-one',
  'momentum-default-differs',
  'multiples-of-eight-only',
  'no-variables-list',
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
    const asked = ['replay', path.join(folder, 'run.json'), '--model', name, '--check', check, '--python'];
    const { code, out: script, err } = await assay(asked);
    expect([code, err]).toEqual([0, '']);
    const file = path.join(folder, `${name}.py`);
    writeFileSync(file, script);
    const told = await run(interpreter, [file]);
    expect(told.out, told.err).toMatch(/^expected: .+\nactual: {3}.+/m);
    expect(told.code).toBe(1);
  });
});
