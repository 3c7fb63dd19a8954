import { Flow } from '../../harness/savedmodel/dataflow/flow.js';
import { walkBack } from '../../harness/savedmodel/dataflow/walk.js';
import type { SavedModel, Trace, Variable } from '../../harness/savedmodel/saved-model.js';
import { randomnessOf } from '../dropout/random.js';

/**
 * Integer variables that reach the output as seeds of random numbers only: they are the state of a generator, and hold
 * nothing that was learned. Keras 2 leaves them out of its lists, as does `weights` of Keras 3. Throws FlowTooLarge.
 */
export function generatorStates(model: SavedModel, traces: readonly Trace[]): readonly Variable[] {
  const flows = traces.map((trace) => new Flow(model, trace));
  const behind = new Set(flows.flatMap((flow) => capturesBehind(flow, () => false)));
  const beside = new Set(
    flows.flatMap((flow) => capturesBehind(flow, (op) => randomnessOf(op) !== undefined)),
  );
  return model.variables.filter(
    ({ nodeId, dtype }) => /^u?int/.test(dtype) && behind.has(nodeId) && !beside.has(nodeId),
  );
}

/** Node ids of what the outputs depend on, where the walk ends at some operations. */
function capturesBehind(flow: Flow, ends: (op: string) => boolean): readonly number[] {
  const captures: number[] = [];
  walkBack(flow, flow.outputs, (origin) => {
    if (origin.kind === 'capture') captures.push(origin.nodeId);
    return origin.kind !== 'result' || ends(origin.operation.node.op) ? [] : flow.inputsOf(origin.operation);
  });
  return captures;
}
