import type { Contract } from '../contract/contract.js';
import type { Endpoint, SavedModel } from './saved-model.js';

/** The endpoint that the spec names: a method of the root, or a signature. Undefined when the model has none of that name. */
export function namedEndpoint(
  { methods, signatures }: Pick<SavedModel, 'methods' | 'signatures'>,
  { endpoint }: Pick<Contract, 'endpoint'>,
): Endpoint | undefined {
  return endpoint.kind === 'method' ? methods.get(endpoint.name) : signatures.get(endpoint.name);
}
