import type { Variable } from '../../savedmodel/saved-model.js';
import { intConstant, type Node } from './nodes.js';

/** The rank of a variable that always has the shape that it has in the checkpoint; undefined for one that may have another. */
export function fixedRank({ shape, stored }: Variable): number | undefined {
  if (!shape || shape.length !== stored?.shape.length) return undefined;
  return shape.every((size, axis) => size === stored.shape[axis]) ? shape.length : undefined;
}

/** All axes of a tensor of this rank: one constant for whatever is reduced over them. */
export function allAxes(rank: number): string {
  return `assay/axes/${rank}`;
}

/** The constants for these variables. */
export function axesOf(variables: readonly Variable[]): Node[] {
  const ranks = new Set(variables.flatMap((variable) => fixedRank(variable) ?? []));
  return [...ranks].map((rank) =>
    intConstant(
      allAxes(rank),
      Array.from({ length: rank }, (_, axis) => axis),
    ),
  );
}
