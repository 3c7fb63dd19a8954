import { expect, test } from 'vitest';
import { fakeContract } from '../contract/testing/fake-contract.js';
import { sizesOfShortRanges } from './short-ranges.js';

type Range = { min: number; max: number; step?: number };

const contractOf = (height: Range, width: Range) =>
  fakeContract({ image_size: { height, width }, limits: { pixels_per_call: 4_000_000 } });

test('show each height and each width of a short range', () => {
  const batches = sizesOfShortRanges(contractOf({ min: 16, max: 48 }, { min: 32, max: 96, step: 8 }));
  expect(new Set(batches.map(({ height }) => height)).size).toBe(33);
  expect(new Set(batches.map(({ width }) => width)).size).toBe(9);
});

test('show each size of the one side whose range is short, beside the least of the other', () => {
  const batches = sizesOfShortRanges(contractOf({ min: 20, max: 512 }, { min: 16, max: 32 }));
  expect(batches.map(({ width }) => width).sort()).toEqual(Array.from({ length: 17 }, (_, at) => 16 + at));
  expect(new Set(batches.map(({ height }) => height))).toEqual(new Set([20]));
});

test.each([
  [
    { min: 16, max: 512 },
    { min: 16, max: 400 },
  ],
  [
    { min: 224, max: 256 },
    { min: 224, max: 256 },
  ],
])('are none where both ranges are long or the images are large', (height, width) => {
  expect(sizesOfShortRanges(contractOf(height, width))).toEqual([]);
});
