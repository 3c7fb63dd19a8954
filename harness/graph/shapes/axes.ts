import type { Graph, Result } from './graph.js';

/** The axes that the second input names, counted from the last; undefined where the graph does not say. */
export function axesReduced(
  graph: Graph,
  { operation }: Pick<Result, 'operation'>,
): readonly number[] | undefined {
  const rank = graph.inputShape(operation, 0)?.length;
  const named = graph.inputNumbers(operation, 1);
  if (named?.every((axis) => axis < 0)) return named.map((axis) => -1 - axis);
  return rank === undefined ? undefined : named?.map((axis) => fromLast(axis, rank));
}

/** An axis as TensorFlow names it, from the first or, when negative, from the last, counted from the last. */
export function fromLast(axis: number, rank: number): number {
  return axis < 0 ? -1 - axis : rank - 1 - axis;
}
