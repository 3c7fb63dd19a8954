import type { CallSite } from '../../../harness/graph/flow/symbolic-tensor.js';
import { walkBack } from '../../../harness/graph/flow/walk.js';
import { factsOf } from '../../../harness/graph/ops/catalogue.js';
import type { Graph, Result } from '../../../harness/graph/shapes/graph.js';
import { type Axes, isAveraged } from './axes.js';

/** The axes of tensors that a loop wrote and that are stacked where their mean is taken later on; undefined elsewhere. */
export function axesOfRounds(graph: Graph, result: Result, axes: Axes): Axes | undefined {
  const shape = graph.shapeOfOrigin(result);
  const first = (shape?.length ?? 0) - 1;
  if (!/^Tensor(ListStack|ArrayGatherV3)$/.test(result.operation.node.op)) return undefined;
  if (typeof axes.places === 'string' || !axes.places.includes(first)) return undefined;
  return {
    ...axes,
    places: axes.places.filter((axis) => axis !== first),
    rounds: isAveraged([first], shape) ? writerOf(graph, result) : undefined,
  };
}

/** Whether an operation runs anew in each round of the loop that has this body. */
export function runsIn(callSite: CallSite, body: CallSite | undefined): boolean {
  if (body === undefined) return false;
  return callSite === body || (callSite.caller !== undefined && runsIn(callSite.caller, body));
}

/** Where tensors are put into a list. */
function writerOf(graph: Graph, { operation }: Result): CallSite | undefined {
  let writer: CallSite | undefined;
  walkBack(graph.flow, graph.inputsOf(operation), (origin) => {
    if (origin.kind !== 'result') return [];
    const { callSite, node } = origin.operation;
    if (/^Tensor(ListSetItem|ListPushBack|ArrayWriteV3)$/.test(node.op)) writer = callSite;
    return factsOf(node.op)?.units === 'same' ? graph.inputsOf(origin.operation) : [];
  });
  return writer;
}
