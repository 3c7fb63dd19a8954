import type { ConcreteFunction, SavedModel } from '../../savedmodel/saved-model.js';
import { reachableOperations } from '../reachable.js';

/** Operations whose result has a shape that hangs on values, not only on shapes. */
const dataDependent =
  /^(Where|Unique\w*|ListDiff|DynamicPartition|NonMaxSuppression\w*|Sparse\w+|Ragged\w+|StringSplit\w*)$/;

/**
 * Whether shapes inside a call depend on what the images hold, how many places are blank for example, or the order in which
 * something is taken, as where images are sorted by their brightness.
 */
export function hasDataDependentShapesOrOrder(
  model: SavedModel,
  concreteFunction: ConcreteFunction,
): boolean {
  const ops = [...reachableOperations(model, [concreteFunction]).keys()];
  const sorts = ops.some((op) => op.startsWith('TopK')) && ops.some((op) => op.startsWith('Gather'));
  return sorts || ops.some((op) => dataDependent.test(op));
}
