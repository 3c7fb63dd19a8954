import type { SavedModel, Variable } from './saved-model.js';

/** The variables that `trainable_variables` of the root object lists; none without such a list. */
export function listedTrainable({ trainableVariables = [], variables }: SavedModel): readonly Variable[] {
  const nodeIds = new Set(trainableVariables.map(({ nodeId }) => nodeId));
  return variables.filter(({ nodeId }) => nodeIds.has(nodeId));
}
