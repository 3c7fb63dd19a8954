import { expect, test } from 'vitest';
import { tensor } from '../engine/testing/tensors.js';
import { failedOutputs } from './failed-outputs.js';

test('outputs are handed over as rows of units, each a copy of its own', () => {
  const all = new Float32Array([1, 2, 3, 4, 5, 6]);
  const one = { ...tensor([1, 2, 2], [0, 0, 0, 0]), values: all.subarray(2) };
  const found = failedOutputs([one, tensor([2, 2], [5, 6, 7, 8])]);
  expect(found?.[0]).toMatchObject({ rows: 1, units: 4, values: new Float32Array([3, 4, 5, 6]) });
  expect(found?.[1]).toMatchObject({ rows: 2, units: 2 });
  expect(found?.[0].values.buffer.byteLength).toBe(16);
});

test('none are where one is large, or holds no numbers', () => {
  const small = tensor([1, 2], [1, 2]);
  const large = { ...small, shape: [1, 2 ** 20], values: new Float32Array(2 ** 20) };
  expect(failedOutputs([small, large])).toBeUndefined();
  expect(failedOutputs([{ ...small, values: new Float32Array() }, small])).toBeUndefined();
  expect(failedOutputs(JSON.parse('[{}, {}]'))).toBeUndefined();
  expect(failedOutputs(JSON.parse('"ab"'))).toBeUndefined();
});
