import { elementwise, mixing, oneInput, reductions } from '../ops/operations.js';
import type { Graph, Result } from '../shapes/graph.js';
import { combining } from './combining.js';
import { einsum } from './einsum.js';
import { reduced } from './reducing.js';
import { reshaping } from './reshaping.js';
import { type Units, within } from './units.js';
import { apart, mixed, type Way, type WayInto } from './way.js';

/** The way from a result back to what its units are made of. */
export function wayInto(graph: Graph, result: Result, units: Units): Way {
  const { op } = result.operation.node;
  const own = special[op];
  if (own !== undefined) return own(graph, result, units);
  const position = oneInput[op];
  if (position !== undefined) return fromInputs([position], graph, result, units);
  if (elementwise.has(op)) return fromInputs(everyPosition(graph, result), graph, result, units);
  if (reductions.has(op)) return reduced(graph, result, units);
  return mixing.has(op) ? mixed : { kind: 'undecided' };
}

const special: Readonly<Record<string, WayInto>> = { ...reshaping, ...combining, ...einsum };

function fromInputs(positions: readonly number[], graph: Graph, { operation }: Result, units: Units): Way {
  return apart(
    ...positions.map((position) => ({
      position,
      units: within(units, graph.inputShape(operation, position)),
    })),
  );
}

function everyPosition(graph: Graph, { operation }: Result): readonly number[] {
  return graph.inputsOf(operation).map((_, position) => position);
}
