import type { Contract } from '../contract/contract.js';
import type { Arguments } from '../engine/subject.js';
import { sizeCorners } from '../images/corners.js';
import { areaOf, type Size } from '../images/size.js';
import { allowsBatch, spaceOf } from '../images/space.js';
import { namedEndpoint } from '../savedmodel/named-endpoint.js';
import type { ConcreteFunction, SavedModel } from '../savedmodel/saved-model.js';
import type { Batch } from '../verdict/batch.js';
import { distinct } from '../verdict/distinct.js';
import { imagesArgumentOf } from './images-argument.js';
import { oncePerModel } from './once-per-model.js';
import { concreteFunctionIn } from './refused-call.js';

/** Sizes beside the smallest that have all corners, at most. */
const maxOther = 2;

/** Sizes that functions were traced for, at most: of a model with hundreds, looking all up takes minutes. */
const maxTraced = 16;

/** Images of a call that no concrete function for a few images takes. */
const manyImages = 131;

/**
 * Where calls at some sizes run other concrete functions than at the smallest: of those that run the same, the smallest size.
 * What runs at most of the corners' sizes comes first.
 */
export const sizesOfOtherFunctions = oncePerModel((model, contract): readonly Size[] => {
  const groups = new Map<string, Size[]>();
  for (const size of sizesBySmallest(model, contract)) {
    const runs = [{}, { training: true }].map((args) => functionAt(model, contract, size, args));
    const key = JSON.stringify(runs.map((one) => one?.functionName));
    groups.set(key, [...(groups.get(key) ?? []), size]);
  }
  return [...groups.values()]
    .slice(1)
    .toSorted((one, other) => other.length - one.length)
    .flatMap(([smallest]) => smallest ?? [])
    .filter((size) => functionAt(model, contract, size, {}) !== undefined)
    .slice(0, maxOther);
});

/** The sizes of corners, and those traced, at which calls with these arguments run a concrete function, the smallest first. */
export function sizesRunning(
  concreteFunction: ConcreteFunction,
  model: SavedModel,
  contract: Contract,
  args: Arguments,
): readonly Size[] {
  return sizesBySmallest(model, contract).filter(
    (size) => functionAt(model, contract, size, args) === concreteFunction,
  );
}

/** A contract, and its promises for these other sizes, each alone. */
export function contractsByFunction(model: SavedModel, contract: Contract): readonly Contract[] {
  return [contract, ...sizesOfOtherFunctions(model, contract).map((size) => atSize(contract, size))];
}

function atSize(contract: Contract, { height, width }: Size): Contract {
  const { outside } = contract.imageSize;
  const only = (side: number) => ({ min: side, max: side, step: 1 });
  return { ...contract, imageSize: { height: only(height), width: only(width), outside } };
}

/** The size that a concrete function is for, where it is for one alone. */
export function sizeFor(concreteFunction: ConcreteFunction): Size | undefined {
  const images = imagesArgumentOf(concreteFunction);
  const [, height, width] = (images?.kind === 'tensor' ? images.shape : null) ?? [];
  return typeof height === 'number' && typeof width === 'number' ? { height, width } : undefined;
}

/** The sizes of the corners, and those that functions were traced for, the smallest first. */
export function sizesBySmallest(model: SavedModel, contract: Contract): readonly Size[] {
  const traced = (namedEndpoint(model, contract)?.concreteFunctions ?? []).flatMap(
    (one) => sizeFor(one) ?? [],
  );
  const space = spaceOf(contract);
  const allowed = distinct(traced).filter((size) => allowsBatch(space, batchOf(1, size)));
  return distinct([...sizeCorners(contract).sizes, ...allowed.slice(0, maxTraced)]).toSorted(
    (one, other) => areaOf(one) - areaOf(other),
  );
}

function functionAt(model: SavedModel, contract: Contract, size: Size, args: Arguments) {
  return concreteFunctionIn(model, contract, { batch: batchOf(manyImages, size), args });
}

function batchOf(count: number, size: Size): Batch {
  return { ...size, count, pattern: 'mixed', seed: 3 };
}
