import { keyOf } from '../flow/flow.js';
import type { SymbolicTensor } from '../flow/symbolic-tensor.js';
import type { Graph, Result } from '../shapes/graph.js';

/**
 * Whether a matrix has one entry at most in each column, so that a product with it hands on single values: an identity, a
 * diagonal, a permutation. A variable is none, as training can fill it.
 */
export function isSelection(
  graph: Graph,
  tensor: SymbolicTensor,
  met: ReadonlySet<string> = new Set(),
): boolean {
  const key = keyOf(tensor);
  if (met.has(key)) return false;
  const numbers = graph.numbersIn(tensor);
  if (numbers !== undefined) return hasSparseColumns(numbers, graph.shapeOf(tensor)?.at(-1) ?? 0);
  const origins = graph.flow.originsOf(tensor);
  const here = new Set([...met, key]);
  return (
    origins.length > 0 && origins.every((origin) => origin.kind === 'result' && selects(graph, origin, here))
  );
}

function selects(graph: Graph, { operation }: Result, met: ReadonlySet<string>): boolean {
  const { op } = operation.node;
  if (building.has(op)) return true;
  const inputs = graph.inputsOf(operation);
  const is = (at: number) => {
    const tensor = inputs[at];
    return tensor !== undefined && isSelection(graph, tensor, met);
  };
  if (handingOn.has(op)) return is(0);
  if (op === 'Mul' || op === 'MulNoNan') return is(0) || is(1);
  if (/^(Batch)?MatMul(V[23])?$/.test(op) || /^(Add(V2)?|Sub)$/.test(op)) return is(0) && is(1);
  if (/^Select(V2)?$/.test(op)) return is(0);
  if (op === 'Equal') return comparesPlaces(graph, operation);
  return op === 'MatrixBandPart' && [1, 2].every((at) => graph.inputNumbers(operation, at)?.[0] === 0);
}

/** They make a matrix from its diagonal, or put single entries into it. */
const building: ReadonlySet<string> = new Set(
  `BatchMatrixDiag Diag MatrixDiag MatrixDiagV2 MatrixDiagV3 MatrixSetDiag MatrixSetDiagV2 MatrixSetDiagV3 OneHot ScatterNd`.match(
    /\w+/g,
  ),
);

/** They leave zeros what they are, and entries in their columns, or move both. */
const handingOn: ReadonlySet<string> = new Set(
  `Abs BroadcastTo Cast Div EnsureShape ExpandDims Gather GatherV2 Identity MatrixInverse Neg RandomShuffle RealDiv Relu
  Reshape Reverse ReverseV2 Sqrt Square Squeeze StatelessShuffle StopGradient TensorScatterUpdate Tile Transpose`.match(
    /\w+/g,
  ),
);

function hasSparseColumns(numbers: readonly number[], columns: number): boolean {
  if (columns < 1) return false;
  const entries = new Map<number, number>();
  for (const [at, number] of numbers.entries())
    if (number !== 0) entries.set(at % columns, (entries.get(at % columns) ?? 0) + 1);
  return [...entries.values()].every((count) => count <= 1);
}

/** `range(n)[:, None] == range(n)`. */
function comparesPlaces(graph: Graph, operation: Result['operation']): boolean {
  const [one, other] = [graph.inputShape(operation, 0), graph.inputShape(operation, 1)];
  return one === null || other === null || (one.at(-1) === 1) !== (other.at(-1) === 1);
}
