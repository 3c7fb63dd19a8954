import type { Contract } from '../../harness/contract/contract.js';
import { withInitialisers } from '../../harness/savedmodel/reachable.js';
import type { SavedModel, Variable } from '../../harness/savedmodel/saved-model.js';
import { endpointOf } from '../signature/endpoint.js';

/** The variables that the call uses, in every trace, or that fill the tables it uses. */
export function usedVariables(model: SavedModel, contract: Contract): readonly Variable[] {
  const traces = withInitialisers(model, endpointOf(model, contract)?.traces ?? []);
  const captured = new Set(traces.flatMap(({ captures }) => captures));
  return model.variables.filter(({ nodeId }) => captured.has(nodeId));
}
