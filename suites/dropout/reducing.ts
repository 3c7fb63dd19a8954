import type { Graph, Result } from './graph.js';
import { beforeRemoval, type Units } from './units.js';
import { apart, mixed, type Way } from './way.js';

/** Over pixels or images a reduction keeps units apart; over units it mixes them. */
export function reduced(graph: Graph, { operation }: Result, units: Units): Way {
  if (typeof units === 'string') return apart({ position: 0, units });
  if (units.length === 0) return mixed;
  const gone = axesReduced(graph, { operation });
  if (gone === undefined) return apart({ position: 0, units: 'lost' });
  const kept = operation.node.attributes.get('keep_dims');
  if (kept?.kind !== 'bool' || !kept.value) return apart({ position: 0, units: beforeRemoval(units, gone) });
  const remaining = units.filter((axis) => !gone.includes(axis));
  return remaining.length === 0 ? mixed : apart({ position: 0, units: remaining });
}

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
