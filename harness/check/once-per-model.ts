import type { Contract } from '../contract/contract.js';
import type { SavedModel } from '../savedmodel/saved-model.js';

/** Reads something of a model once for a contract: many checks ask for the same. */
export function oncePerModel<Read>(
  read: (model: SavedModel, contract: Contract) => Read,
): (model: SavedModel, contract: Contract) => Read {
  const known = new WeakMap<SavedModel, { contract: Contract; value: Read }>();
  return (model, contract) => {
    const before = known.get(model);
    if (before?.contract === contract) return before.value;
    const value = read(model, contract);
    known.set(model, { contract, value });
    return value;
  };
}
