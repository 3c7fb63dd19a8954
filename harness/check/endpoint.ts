import type { Contract } from '../contract/contract.js';
import { namedEndpoint } from '../savedmodel/named-endpoint.js';
import type { SavedModel } from '../savedmodel/saved-model.js';
import type { Cause } from './cause.js';

/** For checks that read or call the endpoint: they do not apply where there is none. */
export function hasEndpoint(contract: Contract, model: SavedModel): true | Cause {
  const concreteFunctions = namedEndpoint(model, contract)?.concreteFunctions ?? [];
  return concreteFunctions.length > 0 ? true : noEndpoint(contract);
}

function noEndpoint({ endpoint }: Contract): Cause {
  const named = endpoint.kind === 'method' ? endpoint.name : `signature ${endpoint.name}`;
  return { kind: 'no-endpoint', of: '', text: `The model has no ${named} to call` };
}
