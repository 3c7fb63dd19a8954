import { describe, expect, test } from 'vitest';
import { fakeSubject } from '../engine/testing/fake-subject.js';
import { tensor } from '../engine/testing/tensors.js';
import { fakeModel } from '../savedmodel/testing/fake-model.js';
import type { Batch } from '../verdict/batch.js';
import { numericRows, requireFinite } from './numeric-rows.js';

const batch: Batch = { count: 2, height: 8, width: 8, pattern: 'noise', seed: 1 };
const of = '__inference_call_0';

test.each([
  ['rows of numbers', tensor([2, 4])],
  ['of rank 4', tensor([2, 1, 1, 4])],
])('%s are given as they are', async (_, output) => {
  expect(await numericRows(fakeSubject({ call: () => output }), { batch })).toEqual(output);
});

test.each([
  [
    'strings',
    { dtype: 'string', shape: [2, 4], values: new Float32Array() },
    { kind: 'wrong-dtype', of, text: 'The output is string, which holds no numbers' },
  ],
  [
    'the batch alone, which is no column',
    tensor([2]),
    { kind: 'wrong-shape', of, text: 'The output has shape [2] for 2 images' },
  ],
  ['a row too few', tensor([1, 4]), { kind: 'wrong-shape', of }],
])('%s: left out', async (_, output, why) => {
  await expect(numericRows(fakeSubject({ call: () => output }), { batch })).rejects.toMatchObject({ why });
});

test('the values of a ragged tensor are no rows: the structure is to blame', async () => {
  const model = fakeModel({
    concreteFunctions: [{ output: { kind: 'type-spec', name: 'RaggedTensorSpec' } }],
  });
  const subject = fakeSubject({ model, call: () => tensor([8]) });
  await expect(numericRows(subject, { batch })).rejects.toMatchObject({
    why: { kind: 'wrong-structure', of },
  });
});

describe('NaN is left out', () => {
  const nan = tensor([2, 4], Number.NaN);
  const functions = { parameters: { training: false } };
  const call = { batch, args: { training: true } };
  const blamed = async (inTrainingOnly: boolean) => {
    const subject = fakeSubject({
      model: fakeModel(functions),
      call: (_images, { training }, { sound }) => (training || !inTrainingOnly ? nan : sound),
    });
    return requireFinite(subject, call, nan).then(
      () => undefined,
      (error: { readonly why: object }) => error.why,
    );
  };

  test('as a fault of the call', async () => {
    expect(await blamed(true)).toMatchObject({ kind: 'not-finite', of: '__inference_call_1' });
  });

  test('or of the plain call, where that gives it, too', async () => {
    expect(await blamed(false)).toMatchObject({ kind: 'not-finite', of: '__inference_call_0' });
  });
});
