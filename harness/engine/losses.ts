import type { ConcreteFunction, Endpoint, SavedModel } from '../savedmodel/saved-model.js';
import { leavesOf } from './output-index.js';

/** The concrete function of each regularization loss that can be called without arguments, in the order of the list. */
export function lossFunctions(model: SavedModel): ConcreteFunction[] {
  return (model.losses ?? []).flatMap((loss) =>
    loss.kind === 'function' ? (functionWithoutArguments(loss.endpoint) ?? []) : [],
  );
}

/** The concrete function that a call without arguments runs: one that takes no tensor. */
export function functionWithoutArguments({
  parameters,
  concreteFunctions,
}: Endpoint): ConcreteFunction | undefined {
  if (parameters.some((parameter) => parameter.default === undefined)) return undefined;
  return concreteFunctions.find(({ positional, keyword }) => {
    const given = [...positional, ...Object.values(keyword)].flatMap((value) => leavesOf(value));
    return given.every(({ value }) => value.kind !== 'tensor');
  });
}
