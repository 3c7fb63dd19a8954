import type { Graph, Result } from '../shapes/graph.js';
import { mixed, separate, type UnitFlow, type UnitFlowOf } from './unit-flow.js';
import { moved, type Units } from './units.js';

/** An einsum that sums over nothing is a product, element by element; any other is a matrix product. */
export const einsum: Readonly<Record<string, UnitFlowOf>> = { Einsum: flow, XlaEinsum: flow };

function flow(_: Graph, { operation }: Result, units: Units): UnitFlow {
  const equation = operation.node.attributes.get('equation');
  const [taken = '', given] = (equation?.kind === 'string' ? equation.value : '').split('->');
  if (given === undefined) return { kind: 'undecided' };
  const operands = taken.split(',').map(labelsOf);
  const result = labelsOf(given);
  if (operands.flat().some((label) => !result.includes(label))) return mixed;
  return separate(
    ...operands.map((labels, position) => ({
      position,
      units: moved(units, (axis) => placesOf(result[result.length - 1 - axis], labels)),
    })),
  );
}

/** `b...c` → b, …, c; what the dots stand for is taken to be one axis, which is no axis of units. */
function labelsOf(text: string): readonly string[] {
  return [...text.replaceAll(' ', '').replace('...', '…')];
}

function placesOf(label: string | undefined, labels: readonly string[]): readonly number[] {
  const at = label === undefined ? -1 : labels.indexOf(label);
  return at < 0 ? [] : [labels.length - 1 - at];
}
