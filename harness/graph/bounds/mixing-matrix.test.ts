import { describe, expect, test } from 'vitest';
import { fixedValue } from './fixed-value.js';
import { handsOnShares, matrixOf, rangeThrough } from './mixing-matrix.js';

function matrix(rows: readonly (readonly number[])[], transposed = false) {
  const made = matrixOf({ shape: [rows.length, rows[0]?.length ?? 0], values: rows.flat() }, transposed);
  if (made === undefined) throw new Error('There is no matrix.');
  return made;
}

describe('shares are handed on by', () => {
  test.each([
    [
      'a confusion matrix',
      [
        [0.9, 0.05, 0.01],
        [0.1, 0.7, 0.1],
        [0.0, 0.2, 0.9],
      ],
    ],
    [
      'a confusion matrix of two classes',
      [
        [0.9, 0.1],
        [0.2, 0.8],
      ],
    ],
    [
      'a calibration near identity, of both signs',
      [
        [1.1, -0.1, 0],
        [0.05, 0.9, -0.02],
        [0, 0.1, 1],
      ],
    ],
    [
      'sums of kinds',
      [
        [1, 0],
        [1, 0],
        [0, 1],
        [0, 1],
      ],
    ],
    [
      'percentages',
      [
        [90, 5, 5],
        [5, 90, 5],
        [5, 5, 90],
      ],
    ],
  ])('%s', (_, rows) => {
    expect(handsOnShares(matrix(rows))).toBe(true);
  });
});

describe('a learned kernel is reported from them', () => {
  test.each([
    [
      'by its signs',
      [
        [0.5, -1, 0.2],
        [0.3, 0.8, -0.9],
        [-0.4, 0.1, 0.6],
      ],
    ],
    [
      'by its uneven rows, though it is positive',
      [
        [9, 0.1],
        [0.01, 0.02],
        [3, 0],
        [0.2, 7],
        [0.5, 0.4],
      ],
    ],
    [
      'by its size, though it is positive',
      [
        [3, 5],
        [4, 2],
      ],
    ],
  ])('%s', (_, rows) => {
    expect(handsOnShares(matrix(rows))).toBe(false);
  });
});

test('a transposed kernel, and one summed over its window', () => {
  expect(
    matrix(
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      true,
    ).at(2, 1),
  ).toBe(6);
  const window = matrixOf({ shape: [2, 1, 1, 2], values: [1, 2, 3, 4] }, false);
  expect([window?.at(0, 0), window?.at(0, 1)]).toEqual([4, 6]);
});

test('the range of what it makes', () => {
  const value = { ...fixedValue(0, [], () => undefined), low: { at: 0 }, high: { at: 1 } };
  const rows = [
    [1, -1],
    [2, 3],
  ];
  expect(rangeThrough(matrix(rows), value)).toEqual([-1, 3]);
  expect(rangeThrough(matrix(rows), { ...value, shares: true })).toEqual([-1, 3]);
  expect(
    rangeThrough(
      matrix([
        [1, 0],
        [2, 3],
      ]),
      { ...value, low: { at: Number.NEGATIVE_INFINITY } },
    ),
  ).toEqual([Number.NEGATIVE_INFINITY, 3]);
});
