import type { Attribute } from '../../savedmodel/saved-model.js';
import type { Graph, Result } from '../shapes/graph.js';
import { moved, type Units } from './units.js';

/** The units before `x[…]`, with its new axes, single places and ellipsis. */
export function slicedFrom(graph: Graph, { operation }: Result, units: Units): Units {
  const rank = graph.inputShape(operation, 0)?.length;
  const count = graph.inputShape(operation, 1)?.[0];
  if (typeof units === 'string') return units;
  if (rank === undefined || count === undefined || count === null) return units.length === 0 ? units : 'lost';
  const sources = sourcesOf(rank, count, operation.node.attributes);
  return moved(units, (axis) => {
    const source = sources[sources.length - 1 - axis];
    return source === undefined ? [] : [rank - 1 - source];
  });
}

/** For each axis of the result, the axis of the input it comes from; undefined for a new one. */
function sourcesOf(
  rank: number,
  count: number,
  attributes: ReadonlyMap<string, Attribute>,
): readonly (number | undefined)[] {
  const has = (mask: string, item: number) => Math.floor(bits(attributes.get(mask)) / 2 ** item) % 2 === 1;
  const items = Array.from({ length: count }, (_, item) => item);
  const named = items.filter((item) => !has('new_axis_mask', item) && !has('ellipsis_mask', item)).length;
  const sources: (number | undefined)[] = [];
  let next = 0;
  for (const item of items) {
    if (has('ellipsis_mask', item)) for (let left = rank - named; left > 0; left--) sources.push(next++);
    else if (has('new_axis_mask', item)) sources.push(undefined);
    else if (has('shrink_axis_mask', item)) next++;
    else sources.push(next++);
  }
  while (next < rank) sources.push(next++);
  return sources;
}

function bits(attribute: Attribute | undefined): number {
  return attribute?.kind === 'int' ? Number(attribute.value) : 0;
}
