import { axesReduced } from '../shapes/axes.js';
import type { Graph, Result } from '../shapes/graph.js';
import { mixed, separate, type UnitFlow } from './unit-flow.js';
import { beforeRemoval, type Units } from './units.js';

/** Over pixels or images a reduction keeps units apart; over units it mixes them. */
export function reduced(graph: Graph, { operation }: Result, units: Units): UnitFlow {
  if (typeof units === 'string') return separate({ position: 0, units });
  if (units.length === 0) return mixed;
  const gone = axesReduced(graph, { operation });
  if (gone === undefined) return separate({ position: 0, units: 'lost' });
  const kept = operation.node.attributes.get('keep_dims');
  if (kept?.kind !== 'bool' || !kept.value)
    return separate({ position: 0, units: beforeRemoval(units, gone) });
  const remaining = units.filter((axis) => !gone.includes(axis));
  return remaining.length === 0 ? mixed : separate({ position: 0, units: remaining });
}
