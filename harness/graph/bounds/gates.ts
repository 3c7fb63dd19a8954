import type { Operation, SymbolicTensor } from '../flow/symbolic-tensor.js';
import { type Graph, resultKey } from '../shapes/graph.js';
import type { Context } from './context.js';

/**
 * Between what a gate of 0 or 1 for each row chooses, where that is written as a sum: `g · a + (1 - g) · b`, or
 * `b + g · (a - b)`. Undefined for any other operation.
 */
export function chosenBySum({ graph, result }: Context): readonly SymbolicTensor[] | undefined {
  if (!/^Add(V2)?$/.test(result.operation.node.op)) return undefined;
  const [one, other] = graph.inputsOf(result.operation);
  if (!one || !other) return undefined;
  return gatedApart(graph, one, other) ?? steppedTo(graph, one, other) ?? steppedTo(graph, other, one);
}

/** `g · a + (1 - g) · b`. */
function gatedApart(graph: Graph, one: SymbolicTensor, other: SymbolicTensor): SymbolicTensor[] | undefined {
  for (const [gate, a] of factorsOf(graph, one))
    for (const [turned, b] of factorsOf(graph, other))
      if (areOpposite(graph, gate, turned) || areOpposite(graph, turned, gate)) return [a, b];
  return undefined;
}

/** `b + g · (a - b)`. */
function steppedTo(graph: Graph, b: SymbolicTensor, step: SymbolicTensor): SymbolicTensor[] | undefined {
  for (const [gate, difference] of factorsOf(graph, step)) {
    const [a, same] = inputsOf(graph, difference, /^Sub$/);
    if (a && same && isGate(graph, gate) && areSame(graph, same, b)) return [a, b];
  }
  return undefined;
}

/** A product's factors, either first. */
function factorsOf(
  graph: Graph,
  product: SymbolicTensor,
): readonly (readonly [SymbolicTensor, SymbolicTensor])[] {
  const [one, other] = inputsOf(graph, product, /^Mul(NoNan)?$/);
  return one && other
    ? [
        [one, other],
        [other, one],
      ]
    : [];
}

/** Whether one is a gate, and the other is 1 where that is 0. */
function areOpposite(graph: Graph, gate: SymbolicTensor, turned: SymbolicTensor): boolean {
  if (!isGate(graph, gate)) return false;
  const [whole, taken] = inputsOf(graph, turned, /^Sub$/);
  if (whole && taken)
    return graph.numbersIn(whole)?.every((number) => number === 1) === true && areSame(graph, taken, gate);
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

function inputsOf(graph: Graph, tensor: SymbolicTensor, op: RegExp): readonly SymbolicTensor[] {
  const operation = operationBehind(graph, tensor);
  return operation && op.test(operation.node.op) ? graph.inputsOf(operation) : [];
}

/** The operation that a value comes from, where it is one alone. */
function operationBehind(graph: Graph, tensor: SymbolicTensor): Operation | undefined {
  const [origin, ...others] = graph.flow.originsOf(tensor);
  return origin?.kind === 'result' && others.length === 0 ? origin.operation : undefined;
}

function areSame(graph: Graph, one: SymbolicTensor, other: SymbolicTensor): boolean {
  const [a, ...more] = graph.flow.originsOf(one);
  const [b, ...others] = graph.flow.originsOf(other);
  return (
    a?.kind === 'result' &&
    b?.kind === 'result' &&
    more.length + others.length === 0 &&
    resultKey(a) === resultKey(b)
  );
}

function isSameOperation(one: Operation, other: Operation): boolean {
  return one.node === other.node && one.callSite.id === other.callSite.id;
}
