import { operationText } from '../../../harness/graph/flow/operation-text.js';
import type { SymbolicTensor } from '../../../harness/graph/flow/symbolic-tensor.js';
import { fromLast } from '../../../harness/graph/shapes/axes.js';
import type { Graph, Result } from '../../../harness/graph/shapes/graph.js';
import { integer } from '../../../harness/graph/units/reshaping.js';
import { type Context, isRandom, opOf, type Request, requestFor, type Step } from './plan.js';

/** What says at random to which place units move, or how many there are: how far they are rolled, where a window begins and ends. */
export function movedBy(context: Context, step: Step): readonly Request[] {
  return positionsIn(opOf(step)).flatMap((position) => {
    const moves = movesUnits(context, step, position);
    const requests = requestFor(context, step, position, { ...step.axes, units: 'single', places: [] });
    const random = requests.filter(({ tensor }) => isRandom(context, tensor));
    if (moves === undefined && random.length > 0)
      context.doubt(
        `the shapes do not show whether ${operationText(step.result.operation)} moves units at random`,
      );
    return moves ? random : [];
  });
}

/** The inputs that say where units are and how many. */
function positionsIn(op: string): readonly number[] {
  if (/^(StridedSlice|Slice)$/.test(op)) return [1, 2];
  return /^(ReverseSequence|Roll|Pad|PadV2|MirrorPad|Tile|Resize\w+)$/.test(op) ? [1] : [];
}

/** Undefined where the shapes do not show it. */
function movesUnits({ graph }: Context, step: Step, position: number): boolean | undefined {
  const { operation } = step.result;
  const { units } = step.axes;
  const rank = graph.inputShape(operation, 0)?.length;
  if (units === 'single') return false;
  if (units === 'lost' || rank === undefined) return undefined;
  const has = (axis: number) => units.includes(fromLast(axis, rank));
  const isRandomAt = (item: number) => variesAt(graph, step.result, position, item);
  switch (opOf(step)) {
    case 'Roll':
      return graph.inputNumbers(operation, 2)?.some(has) ?? false;
    case 'ReverseSequence':
      return has(integer(operation.node.attributes.get('seq_dim')));
    case 'StridedSlice': {
      if (typeof graph.inputShape(operation, 1)?.[0] !== 'number') return undefined;
      const mask = position === 1 ? 'begin_mask' : 'end_mask';
      return units.some((axis) => isRandomAt(itemOf(graph, step.result, axis, rank, mask)));
    }
    case 'Slice':
    case 'Tile':
    case 'Pad':
    case 'PadV2':
    case 'MirrorPad':
      return units.some((axis) => isRandomAt(rank - 1 - axis));
    default:
      return units.some((axis) => axis === 1 || axis === 2);
  }
}

/** Which item of `x[…]` cuts an axis that is counted from the last, with an ellipsis or without. */
function itemOf(
  graph: Graph,
  { operation }: Result,
  axis: number,
  rank: number,
  mask: 'begin_mask' | 'end_mask',
): number {
  const { attributes } = operation.node;
  const count = graph.inputShape(operation, 1)?.[0] ?? 0;
  const item = integer(attributes.get('ellipsis_mask')) === 0 ? rank - 1 - axis : count - 1 - axis;
  const isWhole = Math.floor(integer(attributes.get(mask)) / 2 ** item) % 2 === 1;
  return item >= count || isWhole ? -1 : item;
}

/** Whether one of the numbers of an input is not always the same. */
function variesAt(graph: Graph, { operation }: Result, position: number, item: number): boolean {
  const numbers = graph.inputsOf(operation)[position];
  return numbers !== undefined && item >= 0 && !isConstantAt(graph, numbers, item);
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
