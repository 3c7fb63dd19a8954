import type { SavedModel } from './saved-model.js';

/** How many bytes the values of a model's variables take, about: each counts as four, whatever its dtype. */
export function bytesIn({ variables }: Pick<SavedModel, 'variables'>): number {
  return variables.reduce(
    (sum, { stored }) => sum + 4 * (stored?.shape.reduce((all, size) => all * size, 1) ?? 0),
    0,
  );
}
