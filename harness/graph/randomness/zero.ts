import type { Operation, SymbolicTensor } from '../flow/symbolic-tensor.js';
import type { Graph } from '../shapes/graph.js';

/** Steps back to a zero, at most. */
const maxSteps = 8;

/** Elements of a constant that is looked into. */
const maxElements = 4096;

/** Whether an operation gives zeros, whatever its other inputs are: the first state of a loop times weights, say. */
export function givesZero(graph: Graph, operation: Operation, steps = maxSteps): boolean {
  const { op } = operation.node;
  const inputs = graph.inputsOf(operation);
  const isZero = (tensor: SymbolicTensor | undefined) =>
    tensor !== undefined && holdsZero(graph, tensor, steps - 1);
  if (/^(Batch)?MatMul|^Mul(NoNan)?$/.test(op)) return inputs.some(isZero);
  if (/^Select(V2)?$/.test(op)) return inputs.slice(1).every(isZero);
  return false;
}

function holdsZero(graph: Graph, tensor: SymbolicTensor, steps: number): boolean {
  const origins = graph.flow.originsOf(tensor);
  return (
    origins.length > 0 &&
    origins.every((origin) => {
      if (origin.kind !== 'result' || steps <= 0) return false;
      const { operation } = origin;
      const { op } = operation.node;
      const [first, second] = graph.inputsOf(operation);
      if (op === 'ZerosLike') return true;
      if (op === 'Const') return isZeroConstant(graph, tensor);
      if (op === 'Fill') return second !== undefined && holdsZero(graph, second, steps - 1);
      if (passing.test(op)) return first !== undefined && holdsZero(graph, first, steps - 1);
      return givesZero(graph, operation, steps - 1);
    })
  );
}

/** They give zeros for zeros. */
const passing =
  /^(BroadcastTo|Cast|EnsureShape|ExpandDims|Identity|Neg|Reshape|Squeeze|StridedSlice|Tile|Transpose)$/;

function isZeroConstant(graph: Graph, tensor: SymbolicTensor): boolean {
  const count =
    graph.shapeOf(tensor)?.reduce<number>((all, size) => all * (size ?? maxElements), 1) ?? maxElements;
  return count < maxElements && (graph.numbersIn(tensor)?.every((number) => number === 0) ?? false);
}
