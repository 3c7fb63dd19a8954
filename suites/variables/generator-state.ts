import { Flow } from '../../harness/savedmodel/dataflow/flow.js';
import { inputsBehind } from '../../harness/savedmodel/dataflow/walk.js';
import type { SavedModel, Trace, Variable } from '../../harness/savedmodel/saved-model.js';
import { randomnessOf } from '../dropout/random.js';

/**
 * Integer variables that reach the output as seeds of random numbers only: they are the state of a generator, and hold
 * nothing that was learned. Keras 2 leaves them out of its lists, as does `weights` of Keras 3. Throws FlowTooLarge.
 */
export function generatorStates(model: SavedModel, traces: readonly Trace[]): readonly Variable[] {
  const flows = traces.map((trace) => new Flow(model, trace));
  const captured = (ends: (op: string) => boolean) =>
    new Set(flows.flatMap((flow) => [...inputsBehind(flow, flow.outputs, ends).captures]));
  const behind = captured(() => false);
  const beside = captured((op) => randomnessOf(op) !== undefined);
  return model.variables.filter(
    ({ nodeId, dtype }) => /^u?int/.test(dtype) && behind.has(nodeId) && !beside.has(nodeId),
  );
}
