import type { Contract, SizeRange } from '../contract/contract.js';
import { pythonArguments } from '../engine/resolution.js';
import type { Arguments } from '../engine/subject.js';
import type { ImagesArgument } from '../graph/shapes/graph.js';
import { allowsSize } from '../images/space.js';
import type { ImagesSpec } from '../savedmodel/call/argument-value.js';
import { resolveCall } from '../savedmodel/call/resolve.js';
import type { ConcreteFunction, Endpoint } from '../savedmodel/saved-model.js';
import { distinct } from '../verdict/distinct.js';
import { imagesArgumentOf } from './images-argument.js';
import { settingsOf } from './settings/values.js';

/** A concrete function, and a call that runs it. */
export type ReachableCall = {
  readonly concreteFunction: ConcreteFunction;
  readonly args: Arguments;
  readonly images: ImagesArgument;
};

/**
 * Every concrete function that calls with images of a documented size, `training` and the declared hyperparameters run, with the
 * simplest such call.
 */
export function reachableCalls(endpoint: Endpoint, contract: Contract): readonly ReachableCall[] {
  const found = new Map<ConcreteFunction, ReachableCall>();
  for (const images of documentedImages(endpoint, contract)) {
    for (const args of argumentsOf(contract)) {
      const resolution = resolveCall(endpoint, images, pythonArguments(args, contract));
      if (resolution.kind === 'refused' || found.has(resolution.concreteFunction)) continue;
      const { concreteFunction, tensors } = resolution;
      const at = tensors.findIndex(({ kind }) => kind === 'images');
      const argument = imagesArgumentOf(concreteFunction);
      const shape = argument?.kind === 'tensor' ? argument.shape : null;
      found.set(concreteFunction, { concreteFunction, args, images: { at, shape } });
    }
  }
  return [...found.values()];
}

/** Images of documented sizes, of each kind that some concrete function is for. */
export function documentedImages(endpoint: Endpoint, contract: Contract): readonly ImagesSpec[] {
  return distinct(endpoint.concreteFunctions.flatMap((one) => imagesFor(one, contract)));
}

/** Images that a concrete function takes. What it leaves open is filled in several ways: others may be for one of these alone. */
function imagesFor(concreteFunction: ConcreteFunction, { imageSize }: Contract): readonly ImagesSpec[] {
  const value = imagesArgumentOf(concreteFunction);
  if (value?.kind !== 'tensor') return [];
  const shape = value.shape ?? [null, null, null, null];
  const [, height = null, width = null, channels = null] = shape;
  const channelsFirst = channels !== null && channels !== 3;
  if (!channelsFirst && !allowsSize(imageSize, { height, width })) return [];
  const open = [3, 32, 5].map((count, way) => [
    count,
    side(imageSize.height, way),
    side(imageSize.width, way),
    3,
  ]);
  return open.map((sizes) => ({
    dtype: value.dtype,
    shape: shape.map((size, axis) => size ?? sizes[axis] ?? 1),
  }));
}

/** The smallest size, the largest, and one between. */
function side({ min, max, step }: SizeRange, way: number): number {
  const between = min + step * Math.floor((max - min) / step / 2);
  return [min, max, between][way] ?? min;
}

/** The call without arguments first, then inference, then training, each with the values of the hyperparameters. */
function argumentsOf({ hyperparameters }: Contract): readonly Arguments[] {
  const settings = settingsOf(hyperparameters);
  return [{}, { training: false }, { training: true }].flatMap((mode) =>
    settings.map((setting) => ({ ...mode, ...setting })),
  );
}
