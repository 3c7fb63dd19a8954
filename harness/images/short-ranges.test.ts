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

test.each([
  [
    { min: 16, max: 512 },
    { min: 16, max: 32 },
  ],
  [
    { min: 224, max: 256 },
    { min: 224, max: 256 },
  ],
])('are none where the range is long or the images are large', (height, width) => {
  expect(sizesOfShortRanges(contractOf(height, width))).toEqual([]);
});
