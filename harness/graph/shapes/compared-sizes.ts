import type { GraphNode } from '../../savedmodel/saved-model.js';
import type { Operation, SymbolicTensor } from '../flow/symbolic-tensor.js';
import { factsOf } from '../ops/catalogue.js';
import type { Graph } from './graph.js';
import { heldAt } from './held-sizes.js';
import { behind, has, hasShape, isProduct, type SizeLimit } from './size-values.js';

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
  if (op === 'XlaCallModule') return unseen;
  const grows = reckons(graph, operation);
  if (!compares(operation.node) && !grows) return heldAt(graph, operation);
  const limits = limitsBeside(graph, graph.flow.inputsOf(operation));
  const parts = grows || /(Div|Mod)$/.test(op) ? limits.flatMap(twoParts) : [];
  const multiples = /(Div|Mod|^Equal|^NotEqual)$/.test(op) ? limits.flatMap(multipleOf) : [];
  return [...limits, ...parts, ...multiples];
}

/** What has that very size, or is divided by it without a rest. */
function multipleOf({ number, of }: SizeLimit): readonly SizeLimit[] {
  return of === 'size' ? [{ number, of: 'multiple', factor: 1 }] : [];
}

/** What is left over beside two parts, as beside a single one it may be no more than a part. */
function twoParts({ number, of }: SizeLimit): readonly SizeLimit[] {
  return of === 'size' && number > 2 ? [{ number: 2 * number, of: 'parts', factor: 1 }] : [];
}

/** Beyond as many images, something may be otherwise in what cannot be looked into. */
const unseen: readonly SizeLimit[] = [{ number: 511, of: 'size', factor: 1 }];

/** What one number is reckoned with: a weight that grows with the number of images is felt where that is large. */
function reckons(graph: Graph, operation: Operation): boolean {
  if (!/^(Add|AddV2|Sub|Mul|RealDiv|DivNoNan|Maximum|Minimum)$/.test(operation.node.op)) return false;
  return graph.shapeOfOrigin({ kind: 'result', operation, output: 'z', index: 0 })?.length === 0;
}

function compares({ op, attributes }: GraphNode): boolean {
  if (factsOf(op)?.acts === 'compares' || /Mod$/.test(op)) return true;
  const type = attributes.get('T');
  return /^(FloorDiv|Maximum|Minimum)$/.test(op) && type?.kind === 'type' && /^int/.test(type.value);
}

/** The constants behind values that shapes go into, too; nothing where no shape does. */
function limitsBeside(graph: Graph, values: readonly SymbolicTensor[]): readonly SizeLimit[] {
  const { constants, ops, ofImages } = behind(graph, values);
  const whole = [...constants]
    .map((each) => Math.floor(each > 0 && each < 1 ? 1 / each : each))
    .filter((each) => each > 1);
  if (ofImages || !hasShape(ops)) return [];
  const of = isProduct(ops) ? 'product' : 'size';
  const all = whole.reduce((product, each) => product * each, has(ops, 'Size', 'Prod') ? channels : 1);
  return whole.map((number) => ({ number, of, factor: of === 'product' ? all / number : 1 }));
}

/** Of an image, which a count of its values has in it. */
const channels = 3;
