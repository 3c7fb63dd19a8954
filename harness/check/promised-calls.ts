import type { Contract } from '../contract/contract.js';
import type { Arguments, Call } from '../engine/subject.js';
import { cornersOf } from '../images/corners.js';
import { spaceOf } from '../images/space.js';
import { namedEndpoint } from '../savedmodel/named-endpoint.js';
import type { ConcreteFunction, SavedModel } from '../savedmodel/saved-model.js';
import { functionCorners } from './function-corners.js';
import { concreteFunctionIn } from './refused-call.js';
import { takesTraining } from './training-argument.js';

export type PromisedCall = Call & { readonly concreteFunction: ConcreteFunction };

/**
 * Every concrete function that a call at inference can run, by the files alone, each with one call that runs it: the call
 * with the smallest batch first. Calls that none accepts are left out.
 */
export function promisedCalls(model: SavedModel, contract: Contract): PromisedCall[] {
  const found = new Map<ConcreteFunction, PromisedCall>();
  for (const call of callsToTry(model, contract)) {
    const concreteFunction = concreteFunctionIn(model, contract, call);
    if (concreteFunction && !found.has(concreteFunction))
      found.set(concreteFunction, { ...call, concreteFunction });
  }
  return [...found.values()];
}

function callsToTry(model: SavedModel, contract: Contract): Call[] {
  const own = functionCorners(namedEndpoint(model, contract), spaceOf(contract));
  const inference: Arguments[] = takesTraining(contract, model) === true ? [{}, { training: false }] : [{}];
  return inference.flatMap((args) => [...cornersOf(contract), ...own].map((batch) => ({ batch, args })));
}
