import type { Contract } from '../../harness/contract/contract.js';
import type { Endpoint, SavedModel } from '../../harness/savedmodel/saved-model.js';

/** The endpoint that the spec names. */
export function endpointOf(model: SavedModel, { endpoint }: Contract): Endpoint | undefined {
  return endpoint.kind === 'method' ? model.methods.get(endpoint.name) : model.signatures.get(endpoint.name);
}

/** For checks that read the endpoint: they have nothing to say where there is none. */
export function hasEndpoint(contract: Contract, model: SavedModel): true | string {
  return endpointOf(model, contract) ? true : 'The model has no such endpoint; see signature/root-call.';
}
