import type { Contract, SizeRange } from '../contract/contract.js';
import type { Batch } from '../verdict/batch.js';
import { cornersOf } from './corners.js';
import { pixelsIn } from './size.js';
import { allowsBatch, spaceOf } from './space.js';

/** Sizes of a range that are tried completely, at most. */
const shortRange = 64;

/** Pixels of all these images together, at most. */
const pixelsInAll = 1_250_000;

/** The corners of every property, and all sizes of short ranges. */
export function cornersOfEverySize(contract: Contract): Batch[] {
  return [...cornersOf(contract), ...sizesOfShortRanges(contract)];
}

/**
 * Single images that show each height and each width of short ranges at least once, the small beside the large; none where
 * a range is long or its images are large. One size among thirty is then never missed.
 */
export function sizesOfShortRanges(contract: Contract): Batch[] {
  const space = spaceOf(contract);
  const heights = sizesIn(space.height);
  const widths = sizesIn(space.width).toReversed();
  const most = Math.max(heights.length, widths.length);
  if (most > shortRange) return [];
  const batches = Array.from(
    { length: most },
    (_, at): Batch => ({
      count: 1,
      height: heights[at % heights.length] ?? space.height.min,
      width: widths[at % widths.length] ?? space.width.min,
      pattern: 'noise',
      seed: 4,
    }),
  ).filter((batch) => allowsBatch(space, batch));
  return batches.reduce((sum, batch) => sum + pixelsIn(batch), 0) <= pixelsInAll ? batches : [];
}

function sizesIn({ min, max, step }: SizeRange): number[] {
  return Array.from({ length: Math.floor((max - min) / step) + 1 }, (_, at) => min + at * step);
}
