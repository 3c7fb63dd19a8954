import { describe, expect, test } from 'vitest';
import { fakeContract } from '../contract/testing/fake-contract.js';
import { fakeSubject } from '../engine/testing/fake-subject.js';
import { spaceOf } from '../images/space.js';
import type { Shape } from '../savedmodel/saved-model.js';
import { fakeModel } from '../savedmodel/testing/fake-model.js';
import { functionCorners } from './function-corners.js';
import { promisedCalls } from './promised-calls.js';

const contract = fakeContract();
const any: Shape = [null, null, null, 3];
const subjectOf = (...shapes: readonly Shape[]) =>
  fakeSubject({
    contract,
    model: fakeModel({ concreteFunctions: shapes.map((shape) => ({ images: { shape } })) }),
  });
const cornersFor = (...shapes: readonly Shape[]) =>
  functionCorners(subjectOf(...shapes).endpoint, spaceOf(contract)).map(
    ({ count, height, width }) => `${count}×${height}×${width}`,
  );

describe('corners of concrete functions', () => {
  test('are none where nothing is fixed', () => {
    expect(cornersFor(any)).toEqual([]);
    expect(cornersFor(null)).toEqual([]);
  });

  test('have the size that is fixed, with one image and with several', () => {
    expect(cornersFor([null, 10, 10, 3], any)).toEqual(['1×10×10', '14×10×10']);
    expect(cornersFor([null, null, 11, 3], any)).toEqual(['1×8×11', '14×8×11']);
  });

  test('have the batch that is fixed', () => {
    expect(cornersFor([4, null, null, 3], any)).toEqual(['4×8×8']);
  });

  test('stay within what the spec allows', () => {
    expect(cornersFor([null, 32, 32, 3], [4000, null, null, 3])).toEqual([]);
  });

  test('are fewer each where many sizes were traced', () => {
    const sizes = [8, 9, 10, 11, 12].map((size): Shape => [null, size, size, 3]);
    expect(cornersFor(...sizes)).toHaveLength(5);
  });
});

describe('promised calls', () => {
  test('run each concrete function that a call can run, once', () => {
    const { model } = subjectOf([null, 10, 10, 3], [4, null, null, 3], any, any);
    expect(promisedCalls(model, contract).map(({ batch: { count, height } }) => [count, height])).toEqual([
      [1, 8],
      [4, 8],
      [1, 10],
    ]);
  });

  test('are none where no function takes any', () => {
    expect(promisedCalls(subjectOf([null, 300, 300, 3]).model, contract)).toEqual([]);
  });
});
