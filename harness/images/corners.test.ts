import { describe, expect, test } from 'vitest';
import { fakeContract } from '../contract/testing/fake-contract.js';
import { patterns } from '../verdict/batch.js';
import { cornersOf } from './corners.js';
import { variety } from './painters.js';
import { allowsBatch, spaceOf } from './space.js';

const side = (min: number, max: number, pixels = 4_000_000) =>
  fakeContract({
    image_size: { height: { min, max }, width: { min, max } },
    limits: { pixels_per_call: pixels },
  });

describe('corners', () => {
  test.each([
    [side(16, 512), 1],
    [side(16, 512), 2],
    [side(224, 224), 1],
    [side(8, 12, 2000), 1],
    [side(8, 12, 100), 2],
  ])('lie in the space that random batches are drawn from', (contract, minCount) => {
    const space = spaceOf(contract, minCount);
    expect(cornersOf(contract, minCount).filter((batch) => !allowsBatch(space, batch))).toEqual([]);
  });

  test('show every pattern but the frame and keys, which depends-on-image and rows-independent are for', () => {
    const shown = cornersOf(side(16, 512)).flatMap(({ pattern, count }): readonly string[] =>
      pattern === 'mixed' && count >= variety.length ? variety : [pattern],
    );
    expect(patterns.filter((pattern) => !shown.includes(pattern) && pattern !== 'mixed')).toEqual([
      'framed',
      'low-key',
      'high-key',
    ]);
  });

  test('show plain images at the largest size', () => {
    const largest = cornersOf(side(16, 512)).filter(({ height, width }) => height * width === 512 ** 2);
    expect(largest.map(({ pattern, rows }) => [pattern, rows?.map((image) => variety[image])])).toEqual([
      ['flat', undefined],
      ['mixed', ['white', 'black']],
      ['halftone', ['noise', 'flat']],
      ['two-colors', ['noise', 'blobs']],
    ]);
  });

  test('have numbers around powers of two, multiples of ten, and more than 70,000 pixels in all', () => {
    const counts = cornersOf(side(16, 512)).map(({ count }) => count);
    expect(counts).toEqual(expect.arrayContaining([6, 10, 14, 33, 65, 130, 274]));
  });

  test('stay few and small where every image is large', () => {
    const pixels = cornersOf(side(224, 224)).map(({ count }) => count * 224 ** 2);
    expect(pixels.reduce((sum, count) => sum + count, 0)).toBeLessThan(6_000_000);
  });

  test('have a batch of equal images', () => {
    const alike = cornersOf(side(16, 512)).filter(({ rows }) => rows && new Set(rows).size === 1);
    expect(alike).toMatchObject([{ count: 4, rows: [0, 0, 0, 0] }]);
  });
});
