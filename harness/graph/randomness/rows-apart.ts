import type { Flow } from '../flow/flow.js';
import type { Operation, SymbolicTensor } from '../flow/symbolic-tensor.js';
import { walkBack, withDeciders } from '../flow/walk.js';
import { capturedBy, writesIn } from '../flow/writes.js';
import { factsOf } from '../ops/catalogue.js';
import type { UnitsClass } from '../ops/operation-facts.js';
import { axesReduced } from '../shapes/axes.js';
import type { Graph, Result } from '../shapes/graph.js';

/** Classes of operations of which each row of the result is made of the same row of what is taken. */
const ofOneRow: readonly UnitsClass[] = ['same', 'elementwise'];

/** The same of operations whose class leaves it open. */
const imageByImage = new Set(['AvgPool', 'MaxPool', 'MaxPoolV2', 'BiasAdd']);

/** These work along the last axis, which is that of the images where it is the only one. */
const alongLast = new Set(['Softmax', 'LogSoftmax']);

/** Of these, as long as the second input is a weight. */
const weighted = new Set(['Conv2D', 'DepthwiseConv2dNative', 'MatMul']);

/** Batch normalization that takes its mean and variance as inputs, or from the batch. */
const norms = new Set(['FusedBatchNorm', 'FusedBatchNormV2', 'FusedBatchNormV3']);

/**
 * Whether the graph shows that each row of a value depends on its own image, whatever random numbers are drawn. False where an
 * operation may mix rows, for all that is known. Throws FlowTooLarge.
 */
export function keepsRowsApart(graph: Graph, value: SymbolicTensor): boolean {
  let apart = true;
  walkBack(graph.flow, withDeciders(graph.flow, value), (origin) => {
    if (origin.kind === 'unknown') apart = false;
    if (origin.kind !== 'result' || !apart) return [];
    const goesOn = byRow(graph, origin);
    if (goesOn === 'may mix') apart = false;
    return goesOn === 'by row' ? inputsOf(graph, origin) : [];
  });
  return apart;
}

function inputsOf(graph: Graph, { operation }: Result): SymbolicTensor[] {
  if (isReadFirst(graph.flow, operation)) return [];
  return graph.inputsOf(operation).flatMap((input) => withDeciders(graph.flow, input));
}

/** A read of a variable that nothing in the call precedes: TensorFlow orders a read after a write by a control input. */
function isReadFirst(flow: Flow, read: Operation): boolean {
  if (read.node.op !== 'ReadVariableOp' || read.node.inputs.some((input) => input.startsWith('^')))
    return false;
  const held = capturedBy(flow, read);
  return writesIn(flow).every(
    (write) =>
      write.callSite.id === read.callSite.id || !capturedBy(flow, write).some((id) => held.includes(id)),
  );
}

/** `no image`: nothing of an image goes into it but its shape. */
function byRow(graph: Graph, result: Result): 'by row' | 'no image' | 'may mix' {
  const { node } = result.operation;
  const units = factsOf(node.op)?.units;
  if (units === 'draws' || units === 'shape-only' || units === 'source') return 'no image';
  if (units !== undefined && ofOneRow.includes(units)) return 'by row';
  if (alongLast.has(node.op))
    return (graph.inputShape(result.operation, 0)?.length ?? 1) > 1 ? 'by row' : 'may mix';
  if (imageByImage.has(node.op) || keepsAxis(graph, result) || isWeighted(graph, result)) return 'by row';
  if (norms.has(node.op)) return flag(result, 'is_training') ? 'may mix' : 'by row';
  return inputsOf(graph, result).some((input) => dependsOnImages(graph, input)) ? 'may mix' : 'no image';
}

/** A reduction over other axes than the first. */
function keepsAxis(graph: Graph, result: Result): boolean {
  if (factsOf(result.operation.node.op)?.units !== 'reduces') return false;
  const rank = graph.inputShape(result.operation, 0)?.length;
  const axes = axesReduced(graph, result);
  return rank !== undefined && axes !== undefined && !axes.includes(rank - 1);
}

function isWeighted(graph: Graph, result: Result): boolean {
  const [, weights] = graph.inputsOf(result.operation);
  if (!weighted.has(result.operation.node.op) || weights === undefined) return false;
  return !flag(result, 'transpose_a') && !dependsOnImages(graph, weights);
}

function flag({ operation }: Result, name: string): boolean {
  const attribute = operation.node.attributes.get(name);
  return attribute?.kind === 'bool' ? attribute.value : name === 'is_training';
}

function dependsOnImages(graph: Graph, value: SymbolicTensor): boolean {
  let depends = false;
  walkBack(graph.flow, withDeciders(graph.flow, value), (origin) => {
    if (origin.kind === 'unknown' || graph.isImages(origin)) depends = true;
    if (origin.kind !== 'result' || depends) return [];
    const shapeOnly = factsOf(origin.operation.node.op)?.units === 'shape-only';
    return shapeOnly ? [] : inputsOf(graph, origin);
  });
  return depends;
}
