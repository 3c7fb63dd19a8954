import type { Contract } from '../contract/contract.js';
import { namedEndpoint } from '../savedmodel/named-endpoint.js';
import type { SavedModel } from '../savedmodel/saved-model.js';

/** For checks that read the endpoint: they have nothing to say where there is none. */
export function hasEndpoint(contract: Contract, model: SavedModel): true | string {
  return namedEndpoint(model, contract) ? true : 'The model has no such endpoint; see signature/root-call.';
}
