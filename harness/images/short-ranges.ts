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
 * Single images that show each size of a side with a short range at least once: the small heights beside the large widths,
 * or beside the least of a side with a long range; none where both are long or the images are large. One size among thirty
 * is then never missed.
 */
export function sizesOfShortRanges(contract: Contract): Batch[] {
  const space = spaceOf(contract);
  const heights = shownOf(space.height);
  const widths = shownOf(space.width).toReversed();
  const most = Math.max(heights.length, widths.length);
  if (most === 1) return [];
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

/** All sizes of a short range, or the least. */
function shownOf({ min, max, step }: SizeRange): number[] {
  const length = Math.floor((max - min) / step) + 1;
  return length > shortRange ? [min] : Array.from({ length }, (_, at) => min + at * step);
}
