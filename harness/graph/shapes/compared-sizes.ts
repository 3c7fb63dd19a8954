import type { GraphNode } from '../../savedmodel/saved-model.js';
import { numbersOf } from '../flow/constant.js';
import type { Operation, SymbolicTensor } from '../flow/symbolic-tensor.js';
import { walkBack } from '../flow/walk.js';
import { factsOf } from '../ops/catalogue.js';
import type { Graph } from './graph.js';

/** A number beyond which a call may treat its images otherwise. */
export type SizeLimit = {
  readonly number: number;
  /**
   * Of one size, as the number of images or their height; of one that is split into such parts; or of several multiplied:
   * the pixels of a batch.
   */
  readonly of: 'size' | 'parts' | 'product';
  /** The other constants beside it multiplied, such as channels and bytes of a pixel; 1 without any. */
  readonly factor: number;
};

/**
 * Whole numbers that a call compares the number or the size of its images with, divides them by or cuts them off at, as
 * a branch for large batches and micro-batches do; lengths of tables that it takes parts of by them, the most rounds of its
 * loops, and what small dtypes hold that it converts them to. Throws FlowTooLarge.
 */
export function sizeLimits(graph: Graph): readonly SizeLimit[] {
  const found = new Map<string, SizeLimit>();
  for (const callSite of graph.flow.callSites()) {
    for (const node of callSite.body.nodes)
      for (const limit of limitsAt(graph, { callSite, node })) found.set(Object.values(limit).join(), limit);
  }
  return [...found.values()];
}

function limitsAt(graph: Graph, operation: Operation): readonly SizeLimit[] {
  const { op } = operation.node;
  if (tables.test(op)) return [...cutAt(graph, operation), ...endOfTable(graph, operation)];
  if (/While$/.test(op)) return roundsOf(graph, operation).map(ofSize);
  if (op === 'Cast') return lastHeld(graph, operation);
  if (!compares(operation.node)) return [];
  const limits = limitsBeside(graph, graph.flow.inputsOf(operation));
  return /(Div|Mod)$/.test(op) ? limits.flatMap((one) => [one, ...twoParts(one)]) : limits;
}

/** What is left over beside two parts, as beside a single one it may be no more than a part. */
function twoParts({ number, of }: SizeLimit): readonly SizeLimit[] {
  return of === 'size' && number > 2 ? [{ number: 2 * number, of: 'parts', factor: 1 }] : [];
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

/** Sizes that are converted to a dtype that does not hold large numbers. */
function lastHeld(graph: Graph, operation: Operation): readonly SizeLimit[] {
  const to = operation.node.attributes.get('DstT');
  const numbers = (to?.kind === 'type' && held[to.value]) || [];
  const { ops, ofImages } = numbers.length > 0 ? behind(graph, graph.flow.inputsOf(operation)) : nothing;
  if (ofImages || !hasShape(ops)) return [];
  if (!has(ops, ...products)) return numbers.map(ofSize);
  return numbers.flatMap((number) =>
    strides.map((stride): SizeLimit => ({ number: number * stride, of: 'product', factor: 1 })),
  );
}

const nothing = { ops: new Set<string>(), ofImages: false };

/** Operations that multiply sizes. */
const products = ['Mul', 'Prod', 'Size'];

function ofSize(number: number): SizeLimit {
  return { number, of: 'size', factor: 1 };
}

/** Operations that take parts of a table. */
const tables = /^(StridedSlice|Slice|Gather|GatherV2|ResourceGather)$/;

/** The length of a table of which the images' shape says what is taken. */
function endOfTable(graph: Graph, { callSite, node }: Operation): readonly SizeLimit[] {
  const [table, ...others] = graph.flow.inputsOf({ callSite, node });
  const [length] = (table && graph.shapeOf(table)) ?? [];
  if (table === undefined || typeof length !== 'number' || length < 2) return [];
  const { ops, ofImages } = behind(graph, [table]);
  const isByShape = !ofImages && !hasShape(ops) && hasShape(behind(graph, others).ops);
  return isByShape ? [ofSize(length)] : [];
}

/** The constants that a loop begins with or its condition has: the most rounds are one of them. */
function roundsOf(graph: Graph, operation: Operation): readonly number[] {
  const begin = graph.flow.inputsOf(operation).map((input) => graph.numbersIn(input) ?? []);
  const condition = graph.flow.conditionOf(operation)?.nodes.map((node) => numbersOf(node)?.values ?? []);
  const single = [...begin, ...(condition ?? [])].filter(({ length }) => length === 1).flat();
  return single.filter((number) => Number.isInteger(number) && number > 1);
}

function compares({ op, attributes }: GraphNode): boolean {
  if (factsOf(op)?.acts === 'compares' || /Mod$/.test(op)) return true;
  const type = attributes.get('T');
  return /^(FloorDiv|Maximum|Minimum)$/.test(op) && type?.kind === 'type' && /^int/.test(type.value);
}

/** Where the first axis ends at a constant. */
function cutAt(graph: Graph, operation: Operation): readonly SizeLimit[] {
  if (operation.node.op !== 'StridedSlice') return [];
  const whole = operation.node.attributes.get('end_mask');
  const [, , end] = graph.flow.inputsOf(operation);
  const [number = 0] = (end && graph.numbersIn(end)) ?? [];
  const isOpen = whole?.kind === 'int' && Number(whole.value) % 2 === 1;
  return isOpen || number <= 1 ? [] : [ofSize(number)];
}

/** The constants behind values that shapes go into, too; nothing where no shape does. */
function limitsBeside(graph: Graph, values: readonly SymbolicTensor[]): readonly SizeLimit[] {
  const { constants, ops, ofImages } = behind(graph, values);
  const whole = [...constants].map(Math.floor).filter((each) => each > 1);
  if (ofImages || !hasShape(ops)) return [];
  const of = has(ops, ...products) ? 'product' : 'size';
  const all = whole.reduce((product, each) => product * each, has(ops, 'Size', 'Prod') ? channels : 1);
  return whole.map((number) => ({ number, of, factor: of === 'product' ? all / number : 1 }));
}

/** What values are made of; `ofImages` where it is more than the shape of the images. */
function behind(graph: Graph, values: readonly SymbolicTensor[]) {
  const constants = new Set<number>();
  const ops = new Set<string>();
  let ofImages = false;
  walkBack(graph.flow, values, (origin) => {
    if (origin.kind !== 'result') ofImages ||= graph.isImages(origin);
    if (origin.kind !== 'result' || ofImages) return [];
    const { operation } = origin;
    ops.add(operation.node.op);
    if (factsOf(operation.node.op)?.units === 'shape-only') return [];
    if (operation.node.op === 'Const') for (const each of numbersIn(graph, operation)) constants.add(each);
    const inputs = graph.flow.inputsOf(operation);
    return selects.test(operation.node.op) ? inputs.slice(0, 1) : inputs;
  });
  return { constants, ops, ofImages };
}

function hasShape(ops: ReadonlySet<string>): boolean {
  return has(ops, 'Shape', 'ShapeN', 'Size');
}

/** Operations whose other inputs say which sizes of a shape are meant. */
const selects = /^(StridedSlice|Slice|GatherV2|Prod)$/;

/** Of an image, which a count of its values has in it. */
const channels = 3;

function has(ops: ReadonlySet<string>, ...some: readonly string[]): boolean {
  return some.some((op) => ops.has(op));
}

function numbersIn(graph: Graph, { callSite, node }: Operation): readonly number[] {
  return graph.numbersIn({ callSite, reference: `${node.name}:output:0` }) ?? [];
}
