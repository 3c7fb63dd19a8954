import type { ConcreteFunction, GraphNode, SavedModel, Variable } from '../../savedmodel/saved-model.js';
import { Flow } from '../flow/flow.js';
import { inputsBehind } from '../flow/walk.js';
import { randomnessOf } from './random.js';

/**
 * Integer variables that reach the output as seeds of random numbers only: they are the state of a generator, and hold
 * nothing that was learned. Keras 2 leaves them out of its lists, as does `weights` of Keras 3. Throws FlowTooLarge.
 */
export function generatorStates(
  model: SavedModel,
  concreteFunctions: readonly ConcreteFunction[],
): readonly Variable[] {
  const flows = concreteFunctions.map((concreteFunction) => new Flow(model, concreteFunction));
  const captured = (ends: (node: GraphNode) => boolean) =>
    new Set(flows.flatMap((flow) => [...inputsBehind(flow, flow.outputs, ends).captures]));
  const behind = captured(() => false);
  const beside = captured((node) => randomnessOf(node) !== undefined);
  return model.variables.filter(
    ({ nodeId, dtype }) => /^u?int/.test(dtype) && behind.has(nodeId) && !beside.has(nodeId),
  );
}
