import type { Contract } from '../../harness/contract/contract.js';
import { pythonArguments } from '../../harness/engine/preparation.js';
import type { Arguments } from '../../harness/engine/subject.js';
import { resolveCall } from '../../harness/savedmodel/resolve.js';
import type { Endpoint, Trace } from '../../harness/savedmodel/saved-model.js';
import { settingsOf } from '../hyperparameters/values.js';
import { imagesFor, imagesOf } from '../signature/arguments.js';
import type { ImagesArgument } from './graph.js';

/** A trace, and a call that runs it. */
export type ReachableCall = {
  readonly trace: Trace;
  readonly args: Arguments;
  readonly images: ImagesArgument;
};

/** Every trace that calls with `training` and the declared hyperparameters run, each once, with the plainest such call. */
export function reachableCalls(endpoint: Endpoint, contract: Contract): readonly ReachableCall[] {
  const found = new Map<Trace, ReachableCall>();
  for (const { dtype, shape } of endpoint.traces.map(imagesFor).filter((images) => images !== undefined)) {
    for (const args of argumentsOf(contract)) {
      const resolution = resolveCall(endpoint, { dtype, shape }, pythonArguments(args, contract));
      if (resolution.kind === 'refused' || found.has(resolution.trace)) continue;
      const { trace, tensors } = resolution;
      const at = tensors.findIndex(({ kind }) => kind === 'images');
      const taken = imagesOf(trace);
      found.set(trace, { trace, args, images: { at, shape: taken?.kind === 'tensor' ? taken.shape : null } });
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
