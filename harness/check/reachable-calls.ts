import type { Contract } from '../contract/contract.js';
import { pythonArguments } from '../engine/resolution.js';
import type { Arguments } from '../engine/subject.js';
import type { ImagesArgument } from '../graph/shapes/graph.js';
import { resolveCall } from '../savedmodel/call/resolve.js';
import type { ConcreteFunction, Endpoint } from '../savedmodel/saved-model.js';
import { imagesArgumentOf, matchingImages } from './images-argument.js';
import { settingsOf } from './settings/values.js';

/** A concrete function, and a call that runs it. */
export type ReachableCall = {
  readonly concreteFunction: ConcreteFunction;
  readonly args: Arguments;
  readonly images: ImagesArgument;
};

/** Every concrete function that calls with `training` and the declared hyperparameters run, with the simplest such call. */
export function reachableCalls(endpoint: Endpoint, contract: Contract): readonly ReachableCall[] {
  const found = new Map<ConcreteFunction, ReachableCall>();
  for (const { dtype, shape } of endpoint.concreteFunctions
    .map(matchingImages)
    .filter((images) => images !== undefined)) {
    for (const args of argumentsOf(contract)) {
      const resolution = resolveCall(endpoint, { dtype, shape }, pythonArguments(args, contract));
      if (resolution.kind === 'refused' || found.has(resolution.concreteFunction)) continue;
      const { concreteFunction, tensors } = resolution;
      const at = tensors.findIndex(({ kind }) => kind === 'images');
      const taken = imagesArgumentOf(concreteFunction);
      found.set(concreteFunction, {
        concreteFunction,
        args,
        images: { at, shape: taken?.kind === 'tensor' ? taken.shape : null },
      });
    }
  }
  return [...found.values()];
}

/** The call without arguments first, then inference, then training, each with the values of the hyperparameters. */
function argumentsOf({ hyperparameters }: Contract): readonly Arguments[] {
  const settings = settingsOf(hyperparameters);
  return [{}, { training: false }, { training: true }].flatMap((mode) =>
    settings.map((setting) => ({ ...mode, ...setting })),
  );
}
