import { limitsIn, sizeCornersIn } from '../../harness/check/size-corners.js';
import { sizeFor } from '../../harness/check/sizes-of-functions.js';
import type { Contract, SizeRange } from '../../harness/contract/contract.js';
import type { SizeLimit } from '../../harness/graph/shapes/size-values.js';
import { allowsSize, type BatchSpace, spaceOf } from '../../harness/images/space.js';
import { namedEndpoint } from '../../harness/savedmodel/named-endpoint.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';
import type { Batch } from '../../harness/verdict/batch.js';
import { type SearchedCall, searchedCalls } from './dataflow/searched-calls.js';

/** A number of images and their size. */
export type Corner = Pick<Batch, 'count' | 'height' | 'width'>;

/** Corners that are tried at most, the smallest size aside. */
const maxCorners = 6;

/** Images of a corner that is there for its size. */
const imagesOfSize = 4;

/** Numbers that a model which hides its graph may compare the number of its images with. */
const usualCounts = [20, 100];

/**
 * Where a model may do something else than with some images of the smallest size: beyond the numbers with which its graph
 * compares sizes, and at the sizes that its concrete functions are for. Nothing where the graph shows no such thing.
 * Throws FlowTooLarge.
 */
export function cornersOf(model: SavedModel, contract: Contract): readonly Corner[] {
  const endpoint = namedEndpoint(model, contract);
  const calls = searchedCalls(model, contract);
  const space = spaceOf(contract, 2);
  const { height, width } = space;
  const numbers = numbersIn(limitsIn(model, contract), calls);
  const fixed = (endpoint?.concreteFunctions ?? []).flatMap((one) => sizeFor(one) ?? []);
  const largest = numbers.length > 0 ? [{ height: height.max, width: width.max }] : [];
  const sizes = numbers.flatMap((number) => [
    { height: beyond(height, number), width: width.min },
    { height: height.min, width: beyond(width, number) },
  ]);
  const counts = numbers.map((number) => ({ height: height.min, width: width.min, count: number + 1 }));
  const ofSizes = [...fixed, ...largest, ...sizes].map((size) => ({ ...size, count: imagesOfSize }));
  const ofPixels = sizeCornersIn(model, contract, space).map(({ count, height: h, width: w }) => ({
    count,
    height: h,
    width: w,
  }));
  const corners = [...ofSizes, ...counts, ...ofPixels].filter((corner) => isOther(corner, space));
  return [...new Map(corners.map((corner) => [Object.values(corner).join(), corner])).values()].slice(
    0,
    maxCorners,
  );
}

function numbersIn(limits: readonly SizeLimit[], calls: readonly SearchedCall[]): readonly number[] {
  const compared = limits.filter(({ of }) => of === 'size').map(({ number }) => number);
  const hidden = calls.some(({ opaque }) => opaque.length > 0);
  return [...new Set([...compared, ...(hidden ? usualCounts : [])])].sort((a, b) => a - b);
}

/** The next size above a number, or the largest; sizes go in steps. */
function beyond({ min, max, step }: SizeRange, number: number): number {
  const steps = Math.max(0, Math.floor((number - min) / step) + 1);
  return Math.min(min + steps * step, max);
}

function isOther({ count, height, width }: Corner, space: BatchSpace): boolean {
  const affordable = count * height * width <= space.pixelsPerCall;
  const isSmallest = height === space.height.min && width === space.width.min;
  return affordable && allowsSize(space, { height, width }) && (count > imagesOfSize || !isSmallest);
}
