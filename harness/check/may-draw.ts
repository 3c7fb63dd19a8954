import { factsOf } from '../graph/ops/catalogue.js';
import { randomnessOf } from '../graph/randomness/random.js';
import { reachableFunctions } from '../graph/reachable.js';
import type { ConcreteFunction, SavedModel } from '../savedmodel/saved-model.js';

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
