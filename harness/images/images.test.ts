import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Batch } from '../verdict/batch.js';
import { patterns } from '../verdict/batch.js';
import { batchesIn } from './batches.js';
import { pixelsOf } from './pixels.js';
import { shrunk } from './shrink.js';
import type { BatchSpace } from './space.js';

const space: BatchSpace = {
  height: { min: 5, max: 300, step: 1 },
  width: { min: 8, max: 264, step: 8 },
  pixelsPerCall: 20_000,
  minCount: 1,
};
const small = { ...space, height: { min: 3, max: 9, step: 2 }, width: { min: 4, max: 8, step: 1 } };

describe('pixels', () => {
  test.each(patterns)('%s stays within [0, 1] and fills count × height × width × 3', (pattern) => {
    const pixels = pixelsOf({ count: 9, height: 7, width: 5, pattern, seed: 3 });
    expect(pixels).toHaveLength(9 * 7 * 5 * 3);
    expect(pixels.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  test('an image does not depend on its neighbours', () => {
    fc.assert(
      fc.property(batchesIn(small), fc.nat(4), (batch, image) => {
        const whole = pixelsOf({ ...batch, count: 5 });
        const length = batch.height * batch.width * 3;
        const alone = pixelsOf({ ...batch, count: 1, rows: [image] });
        expect(alone).toEqual(whole.subarray(image * length, (image + 1) * length));
      }),
      { numRuns: 30 },
    );
  });

  test('the noise formula is fixed: recorded inputs depend on it', () => {
    const pixels = pixelsOf({ count: 2, height: 1, width: 1, pattern: 'noise', seed: 123456789 });
    const expected = [1180192, 14058318, 1539483, 5961334, 5088202, 250697];
    expect([...pixels].map((value) => value * 2 ** 24)).toEqual(expected);
  });

  test('nudging moves each value by at most the share asked for', () => {
    const batch: Batch = { count: 2, height: 6, width: 6, pattern: 'blobs', seed: 1 };
    const [plain, perturbed] = [pixelsOf(batch), pixelsOf({ ...batch, nudge: 0.01 })];
    expect(perturbed).not.toEqual(plain);
    plain.forEach((value, i) => {
      expect(Math.abs((perturbed[i] ?? Number.NaN) - value)).toBeLessThanOrEqual(value * 0.01 + 1e-6);
    });
  });

  test('impossible sizes are refused', () => {
    expect(() => pixelsOf({ count: 1, height: -1, width: 4, pattern: 'flat', seed: 0 })).toThrow(RangeError);
  });
});

describe('batches', () => {
  const within = (batch: Batch) =>
    batch.count >= 1 &&
    batch.height >= 5 &&
    batch.height <= 300 &&
    batch.width >= 8 &&
    batch.width <= 264 &&
    batch.width % 8 === 0 &&
    batch.count * batch.height * batch.width <= space.pixelsPerCall;

  test('stay within the declared sizes, steps and limits', () => {
    fc.assert(fc.property(batchesIn(space), within), { numRuns: 2000 });
  });

  test('shrink to the smallest image that fails', () => {
    const fails = (batch: Batch) => batch.height >= 50 && batch.width > 16 && batch.count > 1;
    const result = fc.check(
      fc.property(batchesIn({ ...space, pixelsPerCall: 4_000_000 }), (batch) => !fails(batch)),
      { numRuns: 500 },
    );
    expect(result.counterexample?.[0]).toEqual({
      count: 2,
      height: 50,
      width: 24,
      pattern: 'black',
      seed: 0,
    });
  });

  test('shrink to the one image that fails, in the pattern that it has in a mixed batch', () => {
    const pixels = (batch: Batch) => pixelsOf(batch);
    const letterboxed = pixels({ count: 1, height: 5, width: 8, pattern: 'letterbox', seed: 3, rows: [9] });
    const fails = (batch: Batch) => batch.height === 5 && contains(pixels(batch), letterboxed);
    const batch: Batch = { count: 13, height: 5, width: 8, pattern: 'mixed', seed: 3 };
    const result = fc.check(
      fc.property(batchesIn(space), (one) => !fails(one)),
      { examples: [[batch]], numRuns: 1 },
    );
    expect(result.counterexample?.[0]).toEqual({ ...batch, count: 1, pattern: 'letterbox', rows: [9] });
  });

  test('an example given from outside shrinks too', () => {
    const batch: Batch = { count: 8, height: 200, width: 64, pattern: 'blobs', seed: 99 };
    const result = fc.check(
      fc.property(batchesIn(space), ({ height }) => height < 30),
      { examples: [[batch]], numRuns: 1 },
    );
    expect(result.counterexample?.[0]).toMatchObject({ count: 1, height: 30, width: 8, seed: 0 });
  });

  test('nothing is smaller than one black image of the smallest size', () => {
    expect([...shrunk({ count: 1, height: 5, width: 8, pattern: 'black', seed: 0 }, space)]).toEqual([]);
  });

  test('a limit below the smallest image does not hang', () => {
    const tiny = { ...space, pixelsPerCall: 40 };
    fc.assert(fc.property(batchesIn(tiny), ({ height, width }) => height === 5 && width === 8));
  });
});

function contains(pixels: Float32Array, image: Float32Array): boolean {
  const starts = Array.from({ length: pixels.length / image.length }, (_, row) => row * image.length);
  return starts.some((start) => image.every((value, at) => value === pixels[start + at]));
}
