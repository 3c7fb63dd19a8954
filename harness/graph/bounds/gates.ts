import type { Operation, SymbolicTensor } from '../flow/symbolic-tensor.js';
import type { Graph } from '../shapes/graph.js';
import type { Context } from './context.js';
import { mixturesIn, operationBehind } from './mixtures.js';

/**
 * Between what a gate of 0 or 1 for each row chooses, where that is written as a sum: `g · a + (1 - g) · b`, or
 * `b + g · (a - b)`. Undefined for any other operation.
 */
export function chosenBySum(context: Context): readonly SymbolicTensor[] | undefined {
  const { graph } = context;
  const mixtures = mixturesIn(context, (one, other) => areNegated(graph, one, other));
  return mixtures.find(({ share, over }) => over === undefined && isGate(graph, share))?.of;
}

/** Whether one is cast from a decision, and the other from its opposite. */
function areNegated(graph: Graph, gate: SymbolicTensor, turned: SymbolicTensor): boolean {
  const [condition, negated] = [decisionBehind(graph, gate), decisionBehind(graph, turned)];
  if (!condition || !negated) return false;
  const [denied] = negated.node.op === 'LogicalNot' ? graph.inputsOf(negated) : [];
  const origin = denied && operationBehind(graph, denied);
  return origin !== undefined && isSameOperation(origin, condition);
}

/** One number for each row, cast from a decision. */
function isGate(graph: Graph, tensor: SymbolicTensor): boolean {
  return graph.shapeOf(tensor)?.at(-1) === 1 && decisionBehind(graph, tensor) !== undefined;
}

/** The comparison that a number of 0 or 1 is cast from. */
function decisionBehind(graph: Graph, tensor: SymbolicTensor): Operation | undefined {
  const operation = operationBehind(graph, tensor);
  const [input] = operation ? graph.inputsOf(operation) : [];
  if (!operation || !input) return undefined;
  if (handing.test(operation.node.op)) return decisionBehind(graph, input);
  const from = operation.node.op === 'Cast' ? operation.node.attributes.get('SrcT') : undefined;
  return from?.kind === 'type' && from.value === 'bool' ? operationBehind(graph, input) : undefined;
}

const handing = /^(Identity|Reshape|ExpandDims|Squeeze|StopGradient|StridedSlice)$/;

function isSameOperation(one: Operation, other: Operation): boolean {
  return one.node === other.node && one.callSite.id === other.callSite.id;
}
