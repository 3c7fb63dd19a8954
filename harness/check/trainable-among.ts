import { listedTrainable } from '../savedmodel/listed-trainable.js';
import type { SavedModel, Variable } from '../savedmodel/saved-model.js';

/** Those that the model lists as trainable; without a list, those that it marks as trainable. */
export function trainableAmong(some: readonly Variable[], model: SavedModel): readonly Variable[] {
  const trainable = new Set(
    model.trainableVariables ? listedTrainable(model) : model.variables.filter((one) => one.trainable),
  );
  return some.filter((variable) => trainable.has(variable));
}
