import { expect, test } from 'vitest';
import { differenceInWords, differenceOf, distinctTexts, rowOf } from './compare.js';
import { measured } from './tolerance.js';

const tolerance = { absolute: 0.1, relative: 0.01 };
const difference = (expected: number[], actual: number[]) =>
  differenceOf(Float32Array.from(expected), Float32Array.from(actual), tolerance);

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

test('two values are numberText as far as it takes to tell them apart', () => {
  expect(distinctTexts(0.5, 0.75)).toEqual(['0.5', '0.75']);
  expect(distinctTexts(0.56234512, 0.56234518)).toEqual(['0.56234512', '0.56234518']);
  expect(distinctTexts(33.812345, 33.812412)).toEqual(['33.81235', '33.81241']);
  expect(distinctTexts(1, Number.NaN)).toEqual(['1', 'NaN']);
});

test('a difference is reported with its share of the row and the origin of the tolerance', () => {
  const rows = [Float32Array.of(1, 20), Float32Array.of(1.5, 20)] as const;
  expect(differenceInWords(rows, { unit: 0, by: 0.5, allowed: 0 }, measured(0, 'the same bits'))).toEqual({
    expected: '1 exactly (the same bits)',
    actual: '1.5: off by 0.5, 0.025 of the largest value of the row',
  });
});
