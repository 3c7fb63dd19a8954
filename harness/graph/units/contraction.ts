import type { Attribute } from '../../savedmodel/saved-model.js';
import type { Graph, Result } from '../shapes/graph.js';
import type { Units } from './units.js';

/**
 * An operation that multiplies its operands and sums over the axes which its result lacks, as an einsum does: matrix
 * products, convolutions. Axes are named by labels, the last axis first; those beyond the named ones are the same in all.
 */
export type Contraction = {
  readonly operands: readonly Operand[];
  readonly result: readonly string[];
  /** Labels of axes along which a window is summed over, as a convolution does. */
  readonly windows?: readonly string[];
};

/** `labels`: an axis that stands for two of the result has both, as the channels of a depthwise kernel. */
export type Operand = { readonly position: number; readonly labels: readonly string[] };

/** Undefined for other operations, and where the graph does not say enough. */
export function contractionOf(graph: Graph, result: Result): Contraction | undefined {
  return contractions[result.operation.node.op]?.(graph, result);
}

type Operation = Result['operation'];

const contractions: Readonly<Record<string, (graph: Graph, result: Result) => Contraction | undefined>> = {
  MatMul: (_, { operation }) => product(has(operation, 'transpose_a'), has(operation, 'transpose_b')),
  SparseMatMul: (_, { operation }) => product(has(operation, 'transpose_a'), has(operation, 'transpose_b')),
  BatchMatMul: (_, { operation }) => product(has(operation, 'adj_x'), has(operation, 'adj_y')),
  BatchMatMulV2: (_, { operation }) => product(has(operation, 'adj_x'), has(operation, 'adj_y')),
  BatchMatMulV3: (_, { operation }) => product(has(operation, 'adj_x'), has(operation, 'adj_y')),
  SparseTensorDenseMatMul: (_, { operation }) => sparseProduct(has(operation, 'adjoint_b')),
  MatrixSolve: (_, { operation }) => product(has(operation, 'adjoint'), false),
  MatrixTriangularSolve: (_, { operation }) => product(has(operation, 'adjoint'), false),
  Einsum: einsum,
  XlaEinsum: einsum,
  Conv2D: (graph, result) => convolution(graph, result.operation, 2),
  Conv3D: (graph, result) => convolution(graph, result.operation, 3),
  Conv: (graph, result) =>
    convolution(graph, result.operation, (graph.inputShape(result.operation, 1)?.length ?? 4) - 2),
  DepthwiseConv2dNative: (graph, { operation }) => depthwise(graph, operation),
  Conv2DBackpropInput: (_, { operation }) => transposedConvolution(operation, 2),
  Conv3DBackpropInputV2: (_, { operation }) => transposedConvolution(operation, 3),
};

/** The axes of an operand that some labels name. */
export function axesOf({ labels }: Operand, named: (label: string) => boolean): readonly number[] {
  return labels.flatMap((label, axis) => (named(label) ? [axis] : []));
}

/** The labels of some axes of the result; of axes beyond the named ones, their number. */
export function labelsAt({ result }: Contraction, axes: Units): readonly string[] {
  if (typeof axes === 'string') return [result[0] ?? ''];
  return axes.map((axis) => result[axis] ?? String(axis));
}

/** `ik, kj → ij`. */
function product(firstTransposed: boolean, secondTransposed: boolean): Contraction {
  return {
    operands: [
      { position: 0, labels: firstTransposed ? ['i', 'k'] : ['k', 'i'] },
      { position: 1, labels: secondTransposed ? ['k', 'j'] : ['j', 'k'] },
    ],
    result: ['j', 'i'],
  };
}

/** Of the sparse matrix, input 1 are the values, each in a row of its own. */
function sparseProduct(transposed: boolean): Contraction {
  return {
    operands: [
      { position: 1, labels: ['i', 'k'] },
      { position: 3, labels: transposed ? ['k', 'j'] : ['j', 'k'] },
    ],
    result: ['j', 'i'],
  };
}

function einsum(_: Graph, { operation }: Result): Contraction | undefined {
  const equation = operation.node.attributes.get('equation');
  const [taken = '', given] = (equation?.kind === 'string' ? equation.value : '').split('->');
  if (given === undefined) return undefined;
  const operands = taken.split(',').map((text, position) => ({ position, labels: labelsIn(text) }));
  return { operands, result: labelsIn(given) };
}

/** `b...c` → c, …, b; what the dots stand for is taken to be one axis. */
function labelsIn(text: string): readonly string[] {
  return [...text.replaceAll(' ', '').replace('...', '…')].reverse();
}

/** Kernels are height × width × in × out; each place of the result comes from several of the images. */
function convolution(graph: Graph, operation: Operation, dimensions: number): Contraction {
  const [kernel, maps] = [graph.inputShape(operation, 1), graph.inputShape(operation, 0)];
  const spatial = places(dimensions);
  const inward = kernel?.at(-2);
  const channels = maps?.at(channelsFirst(operation) ? 1 : -1);
  const grouped = inward === 1 && channels !== 1 && channels !== null && channels !== undefined;
  return {
    operands: [
      { position: 0, labels: withChannels(operation, grouped ? 'o' : 'i', spatial) },
      { position: 1, labels: ['o', 'i', ...spatial.map((label) => `kernel ${label}`)] },
    ],
    result: withChannels(operation, 'o', spatial),
    windows: kernel?.slice(0, dimensions).every((size) => size === 1) ? [] : spatial,
  };
}

/** Kernels are height × width × channels × multiplier. */
function depthwise(graph: Graph, operation: Operation): Contraction {
  const spatial = places(2);
  const sizes = graph.inputShape(operation, 1)?.slice(0, 2);
  return {
    operands: [
      { position: 0, labels: withChannels(operation, 'o', spatial) },
      { position: 1, labels: ['o', 'o', ...spatial.map((label) => `kernel ${label}`)] },
    ],
    result: withChannels(operation, 'o', spatial),
    windows: sizes?.every((size) => size === 1) ? [] : spatial,
  };
}

/** Kernels are height × width × out × in. */
function transposedConvolution(operation: Operation, dimensions: number): Contraction {
  const spatial = places(dimensions);
  return {
    operands: [
      { position: 2, labels: withChannels(operation, 'i', spatial) },
      { position: 1, labels: ['i', 'o', ...spatial.map((label) => `kernel ${label}`)] },
    ],
    result: withChannels(operation, 'o', spatial),
  };
}

function places(dimensions: number): readonly string[] {
  return ['x', 'y', 'z'].slice(0, dimensions);
}

function withChannels(operation: Operation, channel: string, spatial: readonly string[]): readonly string[] {
  return channelsFirst(operation) ? [...spatial, channel, 'b'] : [channel, ...spatial, 'b'];
}

function channelsFirst({ node }: Operation): boolean {
  const format: Attribute | undefined = node.attributes.get('data_format');
  return format?.kind === 'string' && format.value.startsWith('NC');
}

function has({ node }: Operation, name: string): boolean {
  const attribute = node.attributes.get(name);
  return attribute?.kind === 'bool' && attribute.value;
}
