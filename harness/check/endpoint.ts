import type { Contract } from '../contract/contract.js';
import { namedEndpoint } from '../savedmodel/named-endpoint.js';
import type { SavedModel } from '../savedmodel/saved-model.js';
import type { Cause } from './cause.js';

/** For checks that read the endpoint: they do not apply where there is none. */
export function hasEndpoint(contract: Contract, model: SavedModel): true | Cause {
  return namedEndpoint(model, contract) ? true : noEndpoint(contract);
}

export function noEndpoint({ endpoint }: Pick<Contract, 'endpoint'>): Cause {
  const named = endpoint.kind === 'method' ? endpoint.name : `signature ${endpoint.name}`;
  return { kind: 'no-endpoint', text: `The model has no ${named} to call` };
}
