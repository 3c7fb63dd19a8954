import type { SavedModel, Variable } from '../savedmodel/saved-model.js';

/** Those that the model lists as trainable; without a list, those that it marks as trainable. */
export function trainableAmong(
  some: readonly Variable[],
  { trainableVariables, variables }: SavedModel,
): readonly Variable[] {
  const trainable = trainableVariables ?? variables.filter((variable) => variable.trainable);
  const nodeIds = new Set(trainable.map(({ nodeId }) => nodeId));
  return some.filter(({ nodeId }) => nodeIds.has(nodeId));
}
