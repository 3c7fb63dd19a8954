import type { GraphNode } from '../../savedmodel/saved-model.js';
import type { Operation, SymbolicTensor } from '../flow/symbolic-tensor.js';
import { walkBack } from '../flow/walk.js';
import { factsOf } from '../ops/catalogue.js';
import type { Graph } from './graph.js';

/**
 * Whole numbers with which a call compares the number or the size of its images, as a branch for large images does.
 * Throws FlowTooLarge.
 */
export function comparedSizes(graph: Graph): readonly number[] {
  const found = new Set<number>();
  for (const callSite of graph.flow.callSites()) {
    for (const node of callSite.body.nodes.filter(compares))
      for (const size of sizesBeside(graph, graph.flow.inputsOf({ callSite, node }))) found.add(size);
  }
  return [...found];
}

function compares({ op }: GraphNode): boolean {
  return factsOf(op)?.acts === 'compares' || /Mod$/.test(op);
}

/** The constants behind values that shapes go into, too; nothing where no shape does. */
function sizesBeside(graph: Graph, values: readonly SymbolicTensor[]): readonly number[] {
  const constants: number[] = [];
  let ofShape = false;
  let ofImages = false;
  walkBack(graph.flow, values, (origin) => {
    if (origin.kind !== 'result') {
      ofImages ||= graph.isImages(origin);
      return [];
    }
    const { operation } = origin;
    if (factsOf(operation.node.op)?.units === 'shape-only') {
      ofShape ||= /^(Shape|ShapeN|Size)$/.test(operation.node.op);
      return [];
    }
    if (operation.node.op === 'Const') constants.push(...numbersOf(graph, operation));
    return graph.flow.inputsOf(operation);
  });
  return ofShape && !ofImages ? constants.filter((each) => Number.isInteger(each) && each > 1) : [];
}

function numbersOf(graph: Graph, { callSite, node }: Operation): readonly number[] {
  return graph.numbersIn({ callSite, reference: `${node.name}:output:0` }) ?? [];
}
