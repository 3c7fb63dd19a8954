import type { Call, ModelFacts } from '../engine/subject.js';
import { factsOf } from '../graph/ops/catalogue.js';
import { randomnessOf } from '../graph/randomness/random.js';
import { reachableFunctions } from '../graph/reachable.js';
import type { ConcreteFunction, SavedModel } from '../savedmodel/saved-model.js';

/**
 * Calls to make again before one that may draw random numbers counts as giving the same each time: what a single coin decides is
 * the same in two calls half of the time, and in all of these once in 65,000.
 */
export const drawsUntilSteady = 16;

/** Whether a call may draw random numbers. @throws CallRefused */
export function callMayDraw(subject: ModelFacts, { batch, args }: Call): boolean {
  return mayDraw(subject.model, [subject.concreteFunctionFor(batch, args)]);
}

/** Whether an operation that the concrete functions can run is random, or may be, for all that is known. */
export function mayDraw(
  model: Pick<SavedModel, 'functions'>,
  concreteFunctions: readonly ConcreteFunction[],
): boolean {
  const nodes = reachableFunctions(model, concreteFunctions).flatMap((reached) => reached.nodes);
  return nodes.some(
    (node) =>
      !model.functions.has(node.op) && (factsOf(node.op) === undefined || randomnessOf(node) !== undefined),
  );
}
