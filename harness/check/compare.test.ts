import { expect, test } from 'vitest';
import type { Noise } from '../engine/subject.js';
import { differenceOf, rowOf } from './compare.js';

const noise: Noise = { floor: 0, scale: 1, tolerance: { absolute: 0.1, relative: 0.01 }, source: 'measured' };
const difference = (expected: number[], actual: number[]) =>
  differenceOf(Float32Array.from(expected), Float32Array.from(actual), noise);

test('differences within the tolerance are none', () => {
  expect(difference([1, 100], [1.05, 101])).toBeUndefined();
});

test('the largest difference beyond it is named', () => {
  expect(difference([1, 2, 3], [1.5, 4, 3])).toMatchObject({ unit: 1, by: 2 });
});

test('NaN equals only NaN', () => {
  expect(difference([Number.NaN], [Number.NaN])).toBeUndefined();
  expect(difference([Number.NaN], [1])).toMatchObject({ unit: 0 });
  expect(difference([1], [Number.NaN])).toMatchObject({ unit: 0 });
  expect(difference([5, 1], [9, Number.NaN])).toMatchObject({ unit: 1 });
});

test('infinity equals only itself', () => {
  expect(difference([Number.POSITIVE_INFINITY], [Number.POSITIVE_INFINITY])).toBeUndefined();
  expect(difference([Number.POSITIVE_INFINITY], [1])).toMatchObject({ unit: 0 });
});

test('rows of different length differ', () => {
  expect(difference([1, 2], [1])).toMatchObject({ unit: 1 });
});

test('a row is cut out of a tensor of any rank', () => {
  const tensor = { dtype: 'float32', shape: [2, 1, 1, 2], values: Float32Array.of(1, 2, 3, 4) };
  expect([...rowOf(tensor, 1)]).toEqual([3, 4]);
});
