import type { Operation, SymbolicTensor } from '../flow/symbolic-tensor.js';
import { walkBack } from '../flow/walk.js';
import { factsOf } from '../ops/catalogue.js';
import type { Graph } from './graph.js';

/** A number beyond which a call may treat its images otherwise. */
export type SizeLimit = {
  readonly number: number;
  /**
   * Of one size, as the number of images or their height; of one that is split into such parts; of one that may be it, or a
   * multiple of it; or of several multiplied: the pixels of a batch.
   */
  readonly of: 'size' | 'parts' | 'multiple' | 'product';
  /** The other constants beside it multiplied, such as channels and bytes of a pixel; 1 without any. */
  readonly factor: number;
};

/** The constants and operations that values are made of; `ofImages` where it is more than the shape of the images. */
export function behind(graph: Graph, values: readonly SymbolicTensor[]) {
  const constants = new Set<number>();
  const ops = new Set<string>();
  let ofImages = false;
  walkBack(graph.flow, values, (origin) => {
    if (origin.kind !== 'result') ofImages ||= graph.isImages(origin);
    if (origin.kind === 'capture')
      for (const each of graph.capturedNumbers(origin.nodeId)) constants.add(each);
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

/** Whether a size of something is among what values are made of. */
export function hasShape(ops: ReadonlySet<string>): boolean {
  return has(ops, 'Shape', 'ShapeN', 'Size');
}

/** Whether sizes are multiplied on the way. */
export function isProduct(ops: ReadonlySet<string>): boolean {
  return has(ops, 'Mul', 'Prod', 'Size');
}

/** Operations whose other inputs say which sizes of a shape are meant. */
const selects = /^(StridedSlice|Slice|GatherV2|Prod)$/;

/** Whether some of these operations are met. */
export function has(ops: ReadonlySet<string>, ...some: readonly string[]): boolean {
  return some.some((op) => ops.has(op));
}

function numbersIn(graph: Graph, { callSite, node }: Operation): readonly number[] {
  return graph.numbersIn({ callSite, reference: `${node.name}:output:0` }) ?? [];
}
