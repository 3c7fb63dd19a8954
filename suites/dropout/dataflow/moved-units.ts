import { operationText } from '../../../harness/graph/flow/operation-text.js';
import type { SymbolicTensor } from '../../../harness/graph/flow/symbolic-tensor.js';
import { fromLast } from '../../../harness/graph/shapes/axes.js';
import type { Graph, Result } from '../../../harness/graph/shapes/graph.js';
import { integer } from '../../../harness/graph/units/reshaping.js';
import { type Context, isRandom, opOf, type Request, requestFor, type Step } from './plan.js';

/** What says at random to which place units move: how far they are rolled, where a window of them begins. */
export function movedBy(context: Context, step: Step): readonly Request[] {
  const moves = movesUnits(context, step);
  const requests = requestFor(context, step, 1, { ...step.axes, units: 'single', places: [] });
  const random = requests.filter(({ tensor }) => isRandom(context, tensor));
  if (moves === undefined && random.length > 0)
    context.doubt(
      `the shapes do not show whether ${operationText(step.result.operation)} moves units at random`,
    );
  return moves ? random : [];
}

/** Undefined where the shapes do not show it. */
function movesUnits({ graph }: Context, step: Step): boolean | undefined {
  const { operation } = step.result;
  const { units } = step.axes;
  const rank = graph.inputShape(operation, 0)?.length;
  if (!moving.has(opOf(step)) || units === 'single') return false;
  if (units === 'lost' || rank === undefined) return undefined;
  const has = (axis: number) => units.includes(fromLast(axis, rank));
  switch (opOf(step)) {
    case 'Roll':
      return graph.inputNumbers(operation, 2)?.some(has) ?? false;
    case 'ReverseSequence':
      return has(integer(operation.node.attributes.get('seq_dim')));
    case 'Slice':
      return units.some((axis) => beginsAtRandom(graph, step.result, rank - 1 - axis));
    case 'StridedSlice':
      if (typeof graph.inputShape(operation, 1)?.[0] !== 'number') return undefined;
      return units.some((axis) => beginsAtRandom(graph, step.result, itemOf(graph, step.result, axis, rank)));
    default:
      return false;
  }
}

const moving: ReadonlySet<string> = new Set(['ReverseSequence', 'Roll', 'Slice', 'StridedSlice']);

/** Which item of `x[…]` cuts an axis that is counted from the last, with an ellipsis or without. */
function itemOf(graph: Graph, { operation }: Result, axis: number, rank: number): number {
  const { attributes } = operation.node;
  const count = graph.inputShape(operation, 1)?.[0] ?? 0;
  const item = integer(attributes.get('ellipsis_mask')) === 0 ? rank - 1 - axis : count - 1 - axis;
  const isWhole = Math.floor(integer(attributes.get('begin_mask')) / 2 ** item) % 2 === 1;
  return item >= count || isWhole ? -1 : item;
}

function beginsAtRandom(graph: Graph, { operation }: Result, item: number): boolean {
  const begin = graph.inputsOf(operation)[1];
  return begin !== undefined && item >= 0 && !isConstantAt(graph, begin, item);
}

/** Whether a number of a vector is a constant, which may be joined of several. */
function isConstantAt(graph: Graph, vector: SymbolicTensor, item: number): boolean {
  if (graph.numbersIn(vector) !== undefined) return true;
  const [origin] = graph.flow.originsOf(vector);
  if (origin?.kind !== 'result') return false;
  const inputs = graph.inputsOf(origin.operation);
  if (origin.operation.node.op === 'Pack')
    return inputs[item] !== undefined && graph.numbersIn(inputs[item]) !== undefined;
  if (origin.operation.node.op !== 'ConcatV2') return false;
  let left = item;
  for (const piece of inputs.slice(0, -1)) {
    const length = graph.shapeOf(piece)?.[0];
    if (typeof length !== 'number') return false;
    if (left < length) return graph.numbersIn(piece) !== undefined;
    left -= length;
  }
  return false;
}
