import type { Contract, SizeRange } from '../contract/contract.js';
import type { Batch, Pattern } from '../verdict/batch.js';
import { variety } from './painters.js';
import { areaOf, isOfSize, type Size } from './size.js';
import { affordable, allowsBatch, type BatchSpace, spaceOf } from './space.js';

/**
 * The batches that every property tries before the random ones: each size, each content and each number of images at
 * least once, spread over each other so that they are few; what is many is small. `plainAtLargest`: also plain images of
 * the largest size, which take long.
 */
export function cornersOf(contract: Contract, minCount = 1, { plainAtLargest = true } = {}): Batch[] {
  const space = spaceOf(contract, minCount);
  const { sizes } = sizeCorners(contract);
  const smallest = { height: space.height.min, width: space.width.min, seed: 2 };
  const upTo = (count: number) => Math.min(count, Math.floor(space.pixelsPerCall / areaOf(smallest)));
  const contents: Batch[] = [
    ...plainPatterns.map((pattern) => ({ ...smallest, count: minCount, pattern })),
    { ...smallest, count: upTo(27), pattern: 'primary' },
    { ...smallest, count: upTo(areaOf(smallest) > 16_000 ? 6 : 18), pattern: 'flat-channels' },
    // The seed is one with which a row is compared with its image alone.
    { ...smallest, count: upTo(areaOf(smallest) > 16_000 ? 4 : 14), pattern: 'faint', seed: 99 },
    { ...smallest, count: upTo(Math.max(4, minCount)), pattern: 'halftone' },
    { ...smallest, count: upTo(areaOf(smallest) > 16_000 ? 6 : 45), pattern: 'two-colors' },
    alike({ ...smallest, count: upTo(Math.max(4, minCount)), pattern: 'noise' }),
    ...(plainAtLargest ? plainOf(sizes) : []),
  ];
  return [
    ...[...sizesOf(sizes, minCount), ...contents].filter((batch) => allowsBatch(space, batch)),
    ...countCorners(space).map((count) => ({ ...smallest, count, pattern: 'mixed' as const, seed: 3 })),
  ];
}

/** Each size with another content. */
function sizesOf(sizes: readonly Size[], count: number): Batch[] {
  return sizes.map((size, at) => {
    const pattern = patternsOfSizes[at % patternsOfSizes.length] ?? 'noise';
    return { ...size, count, pattern, seed: 1 };
  });
}

/** Pixels of one corner, at most, where the smallest size is large: a corner is called for many checks. */
const pixelsOfCorner = 1_250_000;

/** Numbers of images worth trying: small ones, around powers of two and multiples of ten, and enough for many pixels in all. */
export function countCorners(space: BatchSpace): number[] {
  const area = space.height.min * space.width.min;
  const manyPixels = Math.min(4100, Math.ceil(70_001 / area));
  const counts = [1, 2, 3, 5, 6, 7, 10, 13, 14, 33, 65, 130, ...(manyPixels > 130 ? [manyPixels] : [])];
  const pixels = Math.min(pixelsOfCorner, space.pixelsPerCall);
  return counts.filter((count) => count >= space.minCount && (count === 1 || count * area <= pixels));
}

/** The same image in every row. */
function alike(batch: Batch): Batch {
  return { ...batch, rows: Array.from({ length: batch.count }, () => 0) };
}

/** A white and a black image of the largest size, where that is not the smallest, two of the most contrast, and two colors by columns. */
function plainOf(sizes: readonly Size[]): Batch[] {
  const [largest, ...others] = sizes.toSorted((a, b) => areaOf(b) - areaOf(a));
  if (!largest || others.length === 0) return [];
  const rows = (['white', 'black'] as const).map((pattern) => variety.indexOf(pattern));
  return [
    { ...largest, count: rows.length, pattern: 'mixed', seed: 2, rows },
    { ...largest, count: 2, pattern: 'halftone', seed: 2, rows: [0, 3] },
    { ...largest, count: 2, pattern: 'two-colors', seed: 2, rows: [0, 1] },
  ];
}

/** The declared extremes first, then the recommended size, odd, prime and lopsided sizes; what exceeds the limits is left out. */
export function sizeCorners(contract: Contract): {
  readonly sizes: readonly Size[];
  readonly leftOut: readonly Size[];
} {
  const space = spaceOf(contract);
  const { height, width, recommended } = contract.imageSize;
  const extremes = [height.min, height.max].flatMap((h) =>
    [width.min, width.max].map((w) => ({ height: h, width: w })),
  );
  const middle = recommended ? [{ height: recommended[0], width: recommended[1] }] : [];
  const inner = innerSizes(height).flatMap((h, i) =>
    innerSizes(width)
      .slice(i, i + 1)
      .map((w) => ({ height: h, width: w })),
  );
  const all = unique([...extremes, ...middle, ...inner]);
  const fits = (size: Size) => affordable(space, size.height, size.width);
  return { sizes: all.filter(fits), leftOut: all.filter((size) => !fits(size)) };
}

/** What one image alone may be, so that nothing else of the batch varies. */
const plainPatterns: readonly Pattern[] = ['black', 'white', 'flat', 'gray', 'hot-pixel'];

/** One for each size, in their order: noise at the smallest, a flat image at the largest. */
const patternsOfSizes: readonly Pattern[] = [
  'noise',
  'blobs',
  'checkerboard',
  'flat',
  'letterbox',
  'gradient',
  'halves',
  'flat-channels',
  'faint',
];

/** The smallest size that the limits allow or, where they allow none, that the spec does. */
export function smallestSize(contract: Contract): Size {
  const { height, width } = contract.imageSize;
  return sizeCorners(contract).sizes[0] ?? { height: height.min, width: width.min };
}

/** Whether these are a few images of noise, of the smallest size: with them, weights are perturbed. */
export function isSmallest(batch: Batch, contract: Contract): boolean {
  return batch.count <= 2 && batch.pattern === 'noise' && isOfSize(batch, smallestSize(contract));
}

/** One size near each of these: just above the smallest, an odd one, a prime one, just below the largest. */
function innerSizes({ min, max, step }: SizeRange): number[] {
  const steps = Math.floor((max - min) / step);
  const at = (share: number) => min + step * Math.round(steps * share);
  return [Math.min(max, min + step), nearestOdd(at(0.2), max, step), at(0.37), Math.max(min, max - step)];
}

function nearestOdd(size: number, max: number, step: number): number {
  return size % 2 === 1 || size + step > max ? size : size + step;
}

function unique(sizes: readonly Size[]): Size[] {
  return [...new Map(sizes.map((size) => [`${size.height}×${size.width}`, size])).values()];
}
