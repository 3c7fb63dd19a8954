import { numbersOf } from '../flow/constant.js';
import type { Operation, SymbolicTensor } from '../flow/symbolic-tensor.js';
import type { Graph } from './graph.js';
import { behind, hasShape, isProduct, type SizeLimit } from './size-values.js';

/**
 * Limits of what holds something for each image: a table, of which parts are taken by the images' shape, the rounds of a
 * loop, a dtype.
 */
export function heldAt(graph: Graph, operation: Operation): readonly SizeLimit[] {
  const { op } = operation.node;
  if (tables.test(op)) return [...cutAt(graph, operation), ...endOfTable(graph, operation)].map(ofSize);
  if (/^TensorListReserve$|^TensorArrayV/.test(op))
    return graph.flow
      .inputsOf(operation)
      .flatMap((input) => placesIn(graph, input))
      .map(ofSize);
  if (/While$/.test(op)) return roundsOf(graph, operation).map(ofSize);
  return op === 'Cast' ? lastHeld(graph, operation) : [];
}

function ofSize(number: number): SizeLimit {
  return { number, of: 'size', factor: 1 };
}

/** Operations that take parts of a table, or write to them. */
const tables = /^(StridedSlice|Slice|Gather|GatherV2|ResourceGather|(Tensor|Resource)Scatter\w+)$/;

/** As many places as a list is made with, where that is one number. */
function placesIn(graph: Graph, tensor: SymbolicTensor): readonly number[] {
  const { constants, ops } = behind(graph, [tensor]);
  return hasShape(ops) ? [] : [...constants].filter((number) => number > 1);
}

/** Where the first axis ends at a constant. */
function cutAt(graph: Graph, operation: Operation): readonly number[] {
  if (operation.node.op !== 'StridedSlice') return [];
  const whole = operation.node.attributes.get('end_mask');
  const [, , end] = graph.flow.inputsOf(operation);
  const [number = 0] = (end && (graph.numbersIn(end) ?? placesIn(graph, end))) ?? [];
  const isOpen = whole?.kind === 'int' && Number(whole.value) % 2 === 1;
  return isOpen || number <= 1 ? [] : [number];
}

/** The length of a table of which the images' shape says what is taken. */
function endOfTable(graph: Graph, { callSite, node }: Operation): readonly number[] {
  const [table, ...all] = graph.flow.inputsOf({ callSite, node });
  // What is written says nothing of where.
  const others = /Scatter/.test(node.op) ? all.slice(0, 1) : all;
  const [length] = (table && graph.shapeOf(table)) ?? [];
  if (table === undefined || typeof length !== 'number' || length < 2) return [];
  const { ops, ofImages } = behind(graph, [table]);
  const isByShape = !ofImages && !hasShape(ops) && hasShape(behind(graph, others).ops);
  return isByShape ? [length] : [];
}

/** The constants that a loop begins with or its condition has: the most rounds are one of them. */
function roundsOf(graph: Graph, operation: Operation): readonly number[] {
  const begin = graph.flow.inputsOf(operation).map((input) => graph.numbersIn(input) ?? []);
  const condition = graph.flow.conditionOf(operation)?.nodes.map((node) => numbersOf(node)?.values ?? []);
  const single = [...begin, ...(condition ?? [])].filter(({ length }) => length === 1).flat();
  return single.filter((number) => Number.isInteger(number) && number > 1);
}

/** How many whole numbers from 0 a dtype holds one by one; of float16 also the largest of all. */
const held: Readonly<Record<string, readonly number[]>> = {
  bfloat16: [256],
  float16: [2048, 65_504],
  int8: [128],
  int16: [32_768],
  uint8: [256],
  uint16: [65_536],
};

/** What maps have fewer pixels than the images, by strides. */
const strides = [1, 4, 16];

/**
 * Sizes that are converted to a dtype that does not hold large numbers: the first number that a float does not hold is odd,
 * a count that is one more than it is held, but the place of its last image is not.
 */
function lastHeld(graph: Graph, operation: Operation): readonly SizeLimit[] {
  const to = operation.node.attributes.get('DstT');
  const numbers = (to?.kind === 'type' && held[to.value]) || [];
  if (numbers.length === 0) return [];
  return graph.flow
    .inputsOf(operation)
    .flatMap((input) => summandsOf(graph, input))
    .flatMap((summand) => limitsOf(numbers, behind(graph, [summand])));
}

function limitsOf(numbers: readonly number[], { ops, ofImages }: ReturnType<typeof behind>): SizeLimit[] {
  if (ofImages || !hasShape(ops)) return [];
  if (!isProduct(ops)) return numbers.flatMap((number) => [number, number + 1]).map(ofSize);
  return numbers.flatMap((number) =>
    strides.map((stride): SizeLimit => ({ number: number * stride, of: 'product', factor: 1 })),
  );
}

/** What a sum is made of: a place within an image, and where that image begins. */
function summandsOf(graph: Graph, tensor: SymbolicTensor): readonly SymbolicTensor[] {
  const [origin] = graph.flow.originsOf(tensor);
  const isSum = origin?.kind === 'result' && /^Add(V2)?$/.test(origin.operation.node.op);
  return isSum ? graph.flow.inputsOf(origin.operation) : [tensor];
}
