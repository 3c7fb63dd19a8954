import type { Contract } from '../contract/contract.js';
import { Flow, FlowTooLarge } from '../graph/flow/flow.js';
import { sizeLimits } from '../graph/shapes/compared-sizes.js';
import { ShapedGraph } from '../graph/shapes/shaped-graph.js';
import type { SizeLimit } from '../graph/shapes/size-values.js';
import { cornersOf, sizeCorners, smallestSize } from '../images/corners.js';
import { areaOf, isOfSize, pixelsIn, type Size } from '../images/size.js';
import { allowsBatch, type BatchSpace } from '../images/space.js';
import { namedEndpoint } from '../savedmodel/named-endpoint.js';
import type { SavedModel } from '../savedmodel/saved-model.js';
import type { Batch } from '../verdict/batch.js';
import { distinct } from '../verdict/distinct.js';
import { lastAlone } from './companions.js';
import { oncePerModel } from './once-per-model.js';
import { type ReachableCall, reachableCalls } from './reachable-calls.js';
import { sizesOfOtherFunctions, sizesRunning } from './sizes-of-functions.js';

/** Batches that follow from one graph, at most. */
const maxCorners = 16;

/**
 * Batches at and beyond the numbers that the graph holds against the number of images, their size or their pixels in all, where
 * the corners of every model do not reach: fewest pixels first, all together within the limit of one call. `tried`: the most
 * images that are tried anyway.
 */
export function sizeCornersIn(
  model: SavedModel,
  contract: Contract,
  space: BatchSpace,
  tried = Math.max(...cornersOf(contract).map(({ count }) => count)),
): Batch[] {
  const limits = limitsIn(model, contract);
  if (limits.length === 0) return [];
  const beyond = [
    ...numbersThemselves(limits, contract, space),
    ...numbersBeyond(limits, tried),
    ...pixelsBeyond(limits, contract, space),
  ].filter((batch) => allowsBatch(space, batch));
  let left = space.pixelsPerCall;
  return distinct(beyond)
    .toSorted((one, other) => pixelsIn(one) - pixelsIn(other))
    .filter((batch) => {
      left -= pixelsIn(batch);
      return left >= 0;
    })
    .slice(0, maxCorners);
}

/** A number in the graph of a concrete function, and where that is run. */
type PlacedLimit = SizeLimit & {
  /** Sizes of images at which it is run, the smallest first. */
  readonly sizes: readonly [Size, ...Size[]];
  /** Whether the corners of every property have many images of the first of them. */
  readonly usual: boolean;
};

/** Numbers that the graphs of all calls compare sizes with; none where they cannot be followed. */
export const limitsIn = oncePerModel(readLimits);

function readLimits(model: SavedModel, contract: Contract): readonly PlacedLimit[] {
  const endpoint = namedEndpoint(model, contract);
  try {
    return (endpoint ? reachableCalls(endpoint, contract) : []).flatMap((call) =>
      placed(sizeLimits(new ShapedGraph(new Flow(model, call.concreteFunction), call.images, model)), call),
    );
  } catch (error) {
    if (error instanceof FlowTooLarge) return [];
    throw error;
  }

  function placed(limits: readonly SizeLimit[], { concreteFunction, args }: ReachableCall): PlacedLimit[] {
    if (limits.length === 0) return [];
    const smallest = smallestSize(contract);
    const [first = smallest, ...larger] = sizesRunning(concreteFunction, model, contract, args);
    const withAllCorners = [smallest, ...sizesOfOtherFunctions(model, contract)];
    const usual = withAllCorners.some((size) => isOfSize(size, first));
    return limits.map((limit) => ({ ...limit, sizes: [first, ...larger], usual }));
  }
}

/**
 * As many images as a number, and twice as many, and images of that height and width: where a batch is split into parts of
 * that size, or compared with it, only these may be treated otherwise.
 */
function numbersThemselves(
  limits: readonly PlacedLimit[],
  contract: Contract,
  { height, width }: BatchSpace,
): Batch[] {
  const usual = new Set(cornersOf(contract).map(({ count }) => count));
  const multiples = limits.filter(({ of }) => of === 'multiple');
  const counts = multiples.flatMap(({ number, sizes: [smallest], usual: tried }) =>
    [number, 2 * number]
      .filter((count) => !tried || !usual.has(count))
      .map((count) => batchOf(count, smallest)),
  );
  const known = new Set(sizeCorners(contract).sizes.map((size) => `${size.height}×${size.width}`));
  const sizes = multiples.flatMap(({ number }) => [
    { height: number, width: width.min },
    { height: height.min, width: number },
    { height: number, width: number },
  ]);
  return [
    ...counts,
    ...sizes.filter((size) => !known.has(`${size.height}×${size.width}`)).map((size) => batchOf(1, size)),
  ];
}

/** One image more than a number, at the smallest size. `tried`: the most images that are tried anyway. */
function numbersBeyond(limits: readonly PlacedLimit[], tried: number): Batch[] {
  return limits
    .filter(({ number, of, usual }) => of === 'parts' || (of === 'size' && (!usual || number >= tried)))
    .map(({ number, sizes: [smallest] }) => batchOf(number + 1, smallest));
}

/** More pixels in all than a number, in as few images as may be. */
function pixelsBeyond(
  limits: readonly PlacedLimit[],
  contract: Contract,
  { pixelsPerCall }: BatchSpace,
): Batch[] {
  const tried = Math.max(...cornersOf(contract).map(pixelsIn));
  return limits.flatMap(({ number, of, factor, sizes, usual }) => {
    const pixels = number < pixelsPerCall ? number : number / factor;
    if (of !== 'product' || (usual && pixels < tried)) return [];
    const batches = sizes
      .toReversed()
      .map((size) => batchOf(Math.max(2, Math.floor(pixels / areaOf(size)) + 1), size));
    return batches.filter((batch) => pixelsIn(batch) <= pixelsPerCall).slice(0, 1);
  });
}

function batchOf(count: number, { height, width }: Size): Batch {
  return { count, height, width, pattern: 'noise', seed: lastAlone };
}
