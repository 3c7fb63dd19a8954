import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resolveCall } from '../savedmodel/call/resolve.js';
import { readSavedModel } from '../savedmodel/reading/read.js';
import { mutates } from './reachable.js';

/** A folder of large models that are not part of the project; without it these tests are skipped. */
const folder = process.env.ASSAY_REAL_MODELS ?? '';
const features = join(folder, 'trained-mobilenet-v2-features');
const probabilities = join(folder, 'trained-mobilenet-v2-probabilities');

describe.skipIf(!existsSync(features))('trained models, in the folder that ASSAY_REAL_MODELS names', () => {
  test('features: 260 variables, 156 trainable, 52 losses, any size', async () => {
    const model = await readSavedModel(features);
    expect(model.listedVariables).toHaveLength(260);
    expect(model.trainableVariables).toHaveLength(156);
    expect(model.losses?.filter(({ kind }) => kind === 'function')).toHaveLength(52);
    expect(model.variables.every(({ stored }) => stored !== undefined)).toBe(true);
    const call = model.methods.get('__call__');
    if (call === undefined) throw new Error('It has no __call__.');
    const asked = resolveCall(call, { dtype: 'float32', shape: [3, 97, 501, 3] }, { training: true });
    expect(asked.kind === 'found' && mutates(model, asked.concreteFunction)).toBe(true);
  });

  test('probabilities: 266 variables, 63 trainable, 1 loss, 224 × 224 only', async () => {
    const model = await readSavedModel(probabilities);
    expect(model.listedVariables).toHaveLength(266);
    expect(model.trainableVariables).toHaveLength(63);
    expect(model.losses).toHaveLength(1);
    const call = model.methods.get('__call__');
    if (call === undefined) throw new Error('It has no __call__.');
    expect(resolveCall(call, { dtype: 'float32', shape: [1, 224, 224, 3] }, {}).kind).toBe('found');
    expect(resolveCall(call, { dtype: 'float32', shape: [1, 300, 300, 3] }, {})).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining(
        'Could not find matching concrete function for __call__(float32 [1, 300, 300, 3]',
      ),
    });
  });

  test('2.5 MB are read in less than 0.3 s', async () => {
    const times: number[] = [];
    for (let run = 0; run < 3; run++) {
      const start = performance.now();
      await readSavedModel(probabilities);
      times.push(performance.now() - start);
    }
    expect(Math.min(...times)).toBeLessThan(300);
  });
});
