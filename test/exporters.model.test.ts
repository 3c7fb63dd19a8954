import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import type { Run } from '../harness/verdict/run.js';
import { inProject } from '../proof/project.js';
import { assay, emptyFolder, run } from './run-command.js';

/** A Python with TensorFlow and Keras 3, as a publisher has it. */
const interpreter = process.env.ASSAY_PYTHON ?? 'python3';
const ready = await run(interpreter, ['-c', 'import keras, tensorflow']).then(
  ({ code }) => code === 0,
  () => false,
);
if (!ready)
  console.warn(
    `Skipped: ${interpreter} has no TensorFlow and Keras. Install them, or name another Python in ASSAY_PYTHON.`,
  );

const { folder, remove } = emptyFolder();

afterAll(remove);

describe.skipIf(!ready)('what assay wrap prints gives an exported model the contract', () => {
  beforeAll(async () => {
    await ensureRuntime();
    expect(await inPython([inProject('test', 'exporters.py'), folder])).toMatchObject({ code: 0 });
  }, 600_000);

  test.each<[string, string, readonly string[]]>([
    [
      'file.keras',
      'trainable_variables: 6',
      ['training/has-effect', 'variables/losses', 'variables/gradients-finite'],
    ],
    ['exported', 'num_classes: 6', ['variables/listed', 'inference/deterministic']],
    ['saved-object', 'num_classes: 6', ['variables/listed', 'inference/deterministic']],
    [
      'of-bytes',
      'color_range: [0, 1]                          # confirm: the model multiplies the pixels by 255',
      ['input/color-range', 'variables/listed', 'variables/trainable-listed', 'training/has-effect'],
    ],
    ['never-traced-for-training', 'num_classes: 6', ['variables/listed', 'input/color-range']],
    [
      inProject('models-under-test/twins/onnx-converted'),
      'color_range: [0, 1]',
      ['variables/listed', 'input/any-batch-size'],
    ],
    [
      inProject('models-under-test/twins/model-garden-export'),
      'color_range: [0, 1]',
      ['variables/listed', 'signature/images-argument'],
    ],
    ['other-method', 'num_features: 3', ['signature/images-argument', 'layout/channels-last']],
  ])('%s', { timeout: 300_000 }, async (source, promise, passing) => {
    const wrapper = await assay(['wrap', path.resolve(folder, source)]);
    expect(wrapper).toMatchObject({ code: 0, err: '' });
    const program = path.join(folder, `${path.basename(source)}.py`);
    writeFileSync(program, wrapper.out);
    const wrapped = `${path.basename(source)}-for-hub`;
    expect(await inPython([program, path.resolve(folder, source), path.join(folder, wrapped)])).toMatchObject(
      {
        code: 0,
      },
    );
    expect(await assay(['init', wrapped], { cwd: folder })).toMatchObject({ code: 0 });
    const spec = path.join(folder, `${wrapped}.yaml`);
    const text = readFileSync(spec, 'utf8').replaceAll('max: 512', 'max: 64');
    expect(text).toContain(promise);
    writeFileSync(spec, text);
    const { code, out } = await assay(['check', spec, '--report', 'json', '--out', folder]);
    expect(code, out).toBe(0);
    const { models }: Run = JSON.parse(readFileSync(path.join(folder, 'run.json'), 'utf8'));
    const passed = models[0]?.checks.filter(({ status }) => status === 'pass').map(({ id }) => id);
    expect(passed).toEqual(expect.arrayContaining([...passing, 'signature/root-call', 'keras/layer-loads']));
  });
});

function inPython(args: readonly string[]) {
  return run(interpreter, args, { env: { TF_CPP_MIN_LOG_LEVEL: '3' } });
}
