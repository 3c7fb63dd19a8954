import type { Contract } from '../../harness/contract/contract.js';
import { withInitialisers } from '../../harness/graph/reachable.js';
import { namedEndpoint } from '../../harness/savedmodel/named-endpoint.js';
import type { SavedModel, Variable } from '../../harness/savedmodel/saved-model.js';

/** The variables that the call uses, in any concrete function, or that fill the tables it uses. */
export function usedVariables(model: SavedModel, contract: Contract): readonly Variable[] {
  const concreteFunctions = withInitialisers(model, namedEndpoint(model, contract)?.concreteFunctions ?? []);
  const captured = new Set(concreteFunctions.flatMap(({ captures }) => captures));
  return model.variables.filter(({ nodeId }) => captured.has(nodeId));
}
