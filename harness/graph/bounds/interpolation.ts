import type { SymbolicTensor } from '../flow/symbolic-tensor.js';
import type { Graph } from '../shapes/graph.js';
import { type Alternatives, combinations, merged } from './alternatives.js';
import type { Context } from './context.js';
import { areSame, division, inputsOf, type Mixture, mixturesIn } from './mixtures.js';
import { hull, isFree } from './value.js';

type Behind = (tensor: SymbolicTensor) => Alternatives;

/** What lies on a straight line between two values: between them. Undefined where that says nothing. */
export function interpolated(context: Context, behind: Behind): Alternatives | undefined {
  const { graph, numbering } = context;
  for (const mixture of mixturesIn(context)) {
    const ends = mixture.of.map(behind);
    if (!ends.every(canBeMixed) || !isShare(graph, behind, mixture)) continue;
    const values = combinations(numbering, ends).map((both) => hull(numbering.fresh(), both));
    if (!values.some(isFree)) return merged(numbering, values);
  }
  return undefined;
}

function canBeMixed(values: Alternatives): boolean {
  return values.length > 0 && values.every(({ varies }) => varies);
}

/** Rounding beyond an end. */
const slack = 1e-6;

function isShare(graph: Graph, behind: Behind, { share, over }: Mixture): boolean {
  if (over !== undefined) return isBetweenKnots(graph, behind, share, over);
  const values = behind(share);
  if (values.length > 0 && values.every(({ low, high }) => low.at >= -slack && high.at <= 1 + slack))
    return true;
  const [way, width] = inputsOf(graph, share, division);
  return way !== undefined && width !== undefined && isBetweenKnots(graph, behind, way, width);
}

/** Of `x - left` and `right - left`, whether x stays within all that the knots may be. */
function isBetweenKnots(graph: Graph, behind: Behind, way: SymbolicTensor, width: SymbolicTensor): boolean {
  const [x, start] = inputsOf(graph, way, /^Sub$/);
  const [right, left] = inputsOf(graph, width, /^Sub$/);
  if (!x || !start || !right || !left || !areSame(graph, start, left)) return false;
  const least = Math.min(...behind(left).map(({ low }) => low.at));
  const most = Math.max(...behind(right).map(({ high }) => high.at));
  const values = behind(x);
  return (
    values.length > 0 &&
    Number.isFinite(most - least) &&
    values.every(({ low, high }) => low.at >= least && high.at <= most)
  );
}
