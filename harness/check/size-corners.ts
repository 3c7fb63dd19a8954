import type { Contract } from '../contract/contract.js';
import { Flow, FlowTooLarge } from '../graph/flow/flow.js';
import { sizeLimits } from '../graph/shapes/compared-sizes.js';
import { ShapedGraph } from '../graph/shapes/shaped-graph.js';
import type { SizeLimit } from '../graph/shapes/size-values.js';
import { cornersOf, sizeCorners } from '../images/corners.js';
import { areaOf, pixelsIn } from '../images/size.js';
import { allowsBatch, type BatchSpace } from '../images/space.js';
import { namedEndpoint } from '../savedmodel/named-endpoint.js';
import type { SavedModel } from '../savedmodel/saved-model.js';
import type { Batch } from '../verdict/batch.js';
import { distinct } from '../verdict/distinct.js';
import { lastAlone } from './companions.js';
import { reachableCalls } from './reachable-calls.js';

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
  const usual = cornersOf(contract);
  const counts = usual.map(({ count }) => count);
  const beyond = [
    ...numbersThemselves(limits, new Set(counts), contract, space),
    ...numbersBeyond(limits, tried, space),
    ...pixelsBeyond(limits, Math.max(...usual.map(pixelsIn)), contract, space),
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

/** Numbers that the graphs of all calls compare sizes with; none where they cannot be followed. */
export function limitsIn(model: SavedModel, contract: Contract): readonly SizeLimit[] {
  const known = read.get(model);
  if (known?.contract === contract) return known.limits;
  const limits = readLimits(model, contract);
  read.set(model, { contract, limits });
  return limits;
}

/** Each property asks, of the same model. */
const read = new WeakMap<SavedModel, { contract: Contract; limits: readonly SizeLimit[] }>();

function readLimits(model: SavedModel, contract: Contract): readonly SizeLimit[] {
  const endpoint = namedEndpoint(model, contract);
  try {
    return (endpoint ? reachableCalls(endpoint, contract) : []).flatMap(({ concreteFunction, images }) =>
      sizeLimits(new ShapedGraph(new Flow(model, concreteFunction), images, model)),
    );
  } catch (error) {
    if (error instanceof FlowTooLarge) return [];
    throw error;
  }
}

/**
 * As many images as a number, and twice as many, and images of that height and width: where a batch is split into parts of
 * that size, or compared with it, only these may be treated otherwise.
 */
function numbersThemselves(
  limits: readonly SizeLimit[],
  usual: ReadonlySet<number>,
  contract: Contract,
  { height, width }: BatchSpace,
): Batch[] {
  const numbers = limits.flatMap(({ number, of }) => (of === 'multiple' ? [number] : []));
  const counts = numbers.flatMap((number) => [number, 2 * number]).filter((count) => !usual.has(count));
  const known = new Set(sizeCorners(contract).sizes.map((size) => `${size.height}×${size.width}`));
  const sizes = numbers.flatMap((number) => [
    { height: number, width: width.min },
    { height: height.min, width: number },
    { height: number, width: number },
  ]);
  return [
    ...counts.map((count) => batchOf(count, height.min, width.min)),
    ...sizes
      .filter((size) => !known.has(`${size.height}×${size.width}`))
      .map((size) => batchOf(1, size.height, size.width)),
  ];
}

/** One image more than a number, at the smallest size. */
function numbersBeyond(limits: readonly SizeLimit[], usual: number, { height, width }: BatchSpace): Batch[] {
  return limits
    .filter(({ number, of }) => of === 'parts' || (of === 'size' && number >= usual))
    .map(({ number }) => batchOf(number + 1, height.min, width.min));
}

/** More pixels in all than a number, in as few images as may be. */
function pixelsBeyond(
  limits: readonly SizeLimit[],
  usual: number,
  contract: Contract,
  { pixelsPerCall }: BatchSpace,
): Batch[] {
  const sizes = sizeCorners(contract).sizes.toSorted((one, other) => areaOf(other) - areaOf(one));
  return limits.flatMap(({ number, of, factor }) => {
    const pixels = number < pixelsPerCall ? number : number / factor;
    if (of !== 'product' || pixels < usual) return [];
    const batches = sizes.map(({ height, width }) =>
      batchOf(Math.max(2, Math.floor(pixels / (height * width)) + 1), height, width),
    );
    return batches.filter((batch) => pixelsIn(batch) <= pixelsPerCall).slice(0, 1);
  });
}

function batchOf(count: number, height: number, width: number): Batch {
  return { count, height, width, pattern: 'noise', seed: lastAlone };
}
