import { describe, expect, test } from 'vitest';
import { fakeContract } from '../contract/testing/fake-contract.js';
import type { Shape } from '../savedmodel/saved-model.js';
import { fakeModel } from '../savedmodel/testing/fake-model.js';
import { contractsByFunction, sizesOfOtherFunctions, sizesRunning } from './sizes-of-functions.js';

const contract = fakeContract({ image_size: { height: { min: 16, max: 64 }, width: { min: 16, max: 64 } } });
const any: Shape = [null, null, null, 3];
const modelOf = (...shapes: readonly Shape[]) =>
  fakeModel({ concreteFunctions: shapes.map((shape) => ({ images: { shape } })) });
const sizes = (...shapes: readonly Shape[]) =>
  sizesOfOtherFunctions(modelOf(...shapes), contract).map(({ height, width }) => `${height}×${width}`);

describe('sizes of other functions', () => {
  test('are none where one function takes all', () => {
    expect(sizes(any)).toEqual([]);
    expect(sizes(any, [null, 32, 32, 3])).toEqual([]);
    expect(sizes([1, null, null, 3], any)).toEqual([]);
  });

  test('have the smallest of those that run a general function behind the one for the smallest', () => {
    expect(sizes([null, 16, 16, 3], any)).toEqual(['17×17']);
    expect(sizes([null, 16, null, 3], any)).toEqual(['17×17']);
  });

  test('have the one that a function was traced for', () => {
    expect(sizes([null, 32, 32, 3], any)).toEqual(['32×32']);
  });

  test('are two at most, those of most sizes first', () => {
    expect(sizes([null, 16, 16, 3], [null, 32, 32, 3], [null, 40, 40, 3], any)).toEqual(['17×17', '32×32']);
  });

  test('are none that no function takes, nor that the spec does not allow', () => {
    expect(sizes([null, 16, 16, 3])).toEqual([]);
    expect(sizes([null, 128, 128, 3], any)).toEqual([]);
  });

  test('each have a contract of their own', () => {
    const [whole, other] = contractsByFunction(modelOf([null, 32, 32, 3], any), contract);
    expect(whole).toBe(contract);
    expect(other?.imageSize).toMatchObject({ height: { min: 32, max: 32 }, width: { min: 32, max: 32 } });
  });
});

test('a function runs at the sizes that no other takes before', () => {
  const model = modelOf([null, 16, 16, 3], any);
  const [first, general] = model.methods.get('__call__')?.concreteFunctions ?? [];
  const at = (one: typeof first) => (one ? sizesRunning(one, model, contract, {}) : []);
  expect(at(first)).toEqual([{ height: 16, width: 16 }]);
  expect(at(general)).not.toContainEqual({ height: 16, width: 16 });
});
