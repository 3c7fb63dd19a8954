import type { Contract, SizeRange } from '../contract/contract.js';
import type { Batch, Pattern } from '../verdict/batch.js';
import { affordable, type BatchSpace, spaceOf } from './space.js';

export type Size = { readonly height: number; readonly width: number };

/** The batches that every property tries before the random ones: size corners, patterns, batch sizes. */
export function cornersOf(contract: Contract, minCount = 1): Batch[] {
  const space = spaceOf(contract, minCount);
  const smallest = { height: space.height.min, width: space.width.min };
  const primaries = Math.min(27, maxCountAtSmallest(space));
  return [
    ...sizeCorners(contract).sizes.map((size) => ({
      ...size,
      count: minCount,
      pattern: 'noise' as const,
      seed: 1,
    })),
    ...plainPatterns.map((pattern) => ({ ...smallest, count: minCount, pattern, seed: 2 })),
    ...(primaries >= minCount
      ? [{ ...smallest, count: primaries, pattern: 'primary' as const, seed: 2 }]
      : []),
    ...countCorners(space).map((count) => ({ ...smallest, count, pattern: 'mixed' as const, seed: 3 })),
  ];
}

/** Batch sizes worth trying: small ones, primes, and a large one that still fits. */
export function countCorners(space: BatchSpace): number[] {
  const maxCount = maxCountAtSmallest(space);
  return [1, 2, 3, 5, 7, 13, 32, 100].filter((count) => count >= space.minCount && count <= maxCount);
}

function maxCountAtSmallest({ pixelsPerCall, height, width }: BatchSpace): number {
  return Math.floor(pixelsPerCall / (height.min * width.min));
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

const plainPatterns: readonly Pattern[] = [
  'black',
  'white',
  'flat',
  'gray',
  'hot-pixel',
  'gradient',
  'checkerboard',
  'blobs',
];

/** The smallest size that the limits allow or, where they allow none, that the spec does. */
export function smallestSize(contract: Contract): Size {
  const { height, width } = contract.imageSize;
  return sizeCorners(contract).sizes[0] ?? { height: height.min, width: width.min };
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
