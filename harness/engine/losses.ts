import { resolveEmptyCall } from '../savedmodel/call/resolve.js';
import type { ConcreteFunction, Endpoint, SavedModel } from '../savedmodel/saved-model.js';

/** The concrete function of each regularization loss that can be called without arguments, in the order of the list. */
export function lossFunctions(model: SavedModel): ConcreteFunction[] {
  return (model.losses ?? []).flatMap((loss) =>
    loss.kind === 'function' ? (functionWithoutArguments(loss.endpoint) ?? []) : [],
  );
}

/** The concrete function that `loss()` runs in Python, its arguments at their defaults; undefined where that raises. */
export function functionWithoutArguments(loss: Endpoint): ConcreteFunction | undefined {
  const resolution = resolveEmptyCall(loss);
  return resolution.kind === 'found' && resolution.tensors.length === 0
    ? resolution.concreteFunction
    : undefined;
}
