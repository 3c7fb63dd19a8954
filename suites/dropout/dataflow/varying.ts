import { keyOf } from '../../../harness/graph/flow/flow.js';
import type { SymbolicTensor } from '../../../harness/graph/flow/symbolic-tensor.js';
import { fromLast } from '../../../harness/graph/shapes/axes.js';
import type { Graph } from '../../../harness/graph/shapes/graph.js';
import { integer } from '../../../harness/graph/units/reshaping.js';
import { narrowed, type Units } from '../../../harness/graph/units/units.js';
import { joined } from './axes.js';
import { type Context, dependsOnImages, type Request } from './plan.js';

/**
 * Factors of a product, each with the places at which what it is multiplied with differs. Masks of several places do not
 * make up for each other where all of them fall on the same value, as on copies of a row.
 */
export function amongContents(context: Context, factors: readonly Request[]): readonly Request[] {
  const contents = factors.filter(({ tensor }) => dependsOnImages(context, tensor));
  if (contents.length === 0 || contents.length === factors.length) return factors;
  const varying = contents.map(({ tensor, axes }) => varyingAlong(context.graph, tensor, axes.places));
  const places = varying.reduce(joined);
  return factors.map((factor) =>
    contents.includes(factor)
      ? factor
      : { ...factor, axes: { ...factor.axes, places: within(factor.axes.places, places) } },
  );
}

/** Of some axes, those along which a value is another one from place to place. */
function varyingAlong(graph: Graph, tensor: SymbolicTensor, places: Units): Units {
  const shape = graph.shapeOf(tensor);
  const varying = narrowed(places, shape);
  const [origin] = graph.flow.originsOf(tensor);
  if (origin?.kind !== 'result' || typeof varying === 'string') return varying;
  const { operation } = origin;
  const inputs = graph.inputsOf(operation);
  const [first] = inputs;
  if (/^(BroadcastTo|Tile)$/.test(operation.node.op) && first !== undefined)
    return narrowed(varying, graph.shapeOf(first));
  const copies = operation.node.op === 'Pack' && new Set(inputs.map(keyOf)).size === 1;
  const axis = fromLast(integer(operation.node.attributes.get('axis')), shape?.length ?? 0);
  return copies ? varying.filter((each) => each !== axis) : varying;
}

function within(some: Units, others: Units): Units {
  if (typeof some === 'string' || typeof others === 'string') return some;
  return some.filter((axis) => others.includes(axis));
}
