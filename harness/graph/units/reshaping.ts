import type { Attribute, Shape } from '../../savedmodel/saved-model.js';
import { fromLast } from '../shapes/axes.js';
import type { Graph, Result } from '../shapes/graph.js';
import { slicedFrom } from './slicing.js';
import { mixed, separate, type UnitFlow, type UnitFlowOf } from './unit-flow.js';
import { beforeAddition, beforeRemoval, beforeReshape, lost, moved, type Units } from './units.js';

/** Operations that give the same values in another shape, order or selection. */
export const reshaping: Readonly<Record<string, UnitFlowOf>> = {
  Reshape: (graph, result, units) =>
    from(beforeReshape(units, graph.shapeOfOrigin(result), graph.inputShape(result.operation, 0))),

  Squeeze: (graph, result, units) => {
    const shape = graph.inputShape(result.operation, 0);
    const gone = squeezed(result.operation.node.attributes.get('squeeze_dims'), shape);
    return from(gone ? beforeRemoval(units, gone) : lost(units));
  },

  ExpandDims: (graph, { operation }, units) => {
    const [axis] = graph.inputNumbers(operation, 1) ?? [];
    const rank = graph.inputShape(operation, 0)?.length;
    if (axis === undefined || (axis >= 0 && rank === undefined)) return from(lost(units));
    return from(beforeAddition(units, [fromLast(axis, (rank ?? 0) + 1)]));
  },

  Transpose: transposed,
  ConjugateTranspose: transposed,

  Unpack: (graph, { operation }, units) => {
    const rank = graph.inputShape(operation, 0)?.length;
    const axis = integer(operation.node.attributes.get('axis'));
    if (axis >= 0 && rank === undefined) return from(lost(units));
    return from(beforeRemoval(units, [fromLast(axis, rank ?? 0)]));
  },

  StridedSlice: (graph, result, units) => from(slicedFrom(graph, result, units)),

  SpaceToDepth: (_, __, units) => from(moved(units, (axis) => (axis === 0 ? [0, 1, 2] : [axis]))),
  ExtractImagePatches: (_, __, units) => from(moved(units, (axis) => (axis === 0 ? [0, 1, 2] : [axis]))),

  /** Shuffles along the first axis: an order of pixels or images drops nothing, one of units does. */
  RandomShuffle: shuffled,
  StatelessShuffle: shuffled,

  /** By no weights: their differences are the units again. */
  Cumsum: (_, __, units) => from(units),
  Cumprod: (_, __, units) => from(units),
  CumulativeLogsumexp: (_, __, units) => from(units),

  /** What a transform mixes, its inverse takes apart. */
  FFT: (_, __, units) => from(units),
  FFT2D: (_, __, units) => from(units),
  FFT3D: (_, __, units) => from(units),
  IFFT: (_, __, units) => from(units),
  IFFT2D: (_, __, units) => from(units),
  IFFT3D: (_, __, units) => from(units),
  RFFT: (_, __, units) => from(units),
  RFFT2D: (_, __, units) => from(units),
  RFFT3D: (_, __, units) => from(units),
  IRFFT: (_, __, units) => from(units),
  IRFFT2D: (_, __, units) => from(units),
  IRFFT3D: (_, __, units) => from(units),

  /** Each unit is one of them still. */
  TopKV2: (_, { output }, units) => (output === 'values' ? from(units) : mixed),

  MatrixDiag: diagonal,
  MatrixDiagV2: diagonal,
  MatrixDiagV3: diagonal,
};

function transposed(graph: Graph, { operation }: Result, units: Units): UnitFlow {
  const order = graph.inputNumbers(operation, 1);
  if (order === undefined) return from(lost(units));
  const rank = order.length;
  return from(
    moved(units, (axis) => {
      const source = order[rank - 1 - axis];
      return source === undefined ? [] : [fromLast(source, rank)];
    }),
  );
}

/** Both last axes of the matrix are that of its diagonal. */
function diagonal(_: Graph, __: Result, units: Units): UnitFlow {
  return from(moved(units, (axis) => [Math.max(0, axis - 1)]));
}

function shuffled(graph: Graph, { operation }: Result, units: Units): UnitFlow {
  const rank = graph.inputShape(operation, 0)?.length;
  return from(rank === undefined ? lost(units) : units);
}

function from(units: Units): UnitFlow {
  return separate({ position: 0, units });
}

/** The axes of size 1 that go, counted from the last of the larger tensor. */
function squeezed(named: Attribute | undefined, shape: Shape): readonly number[] | undefined {
  const axes = named?.kind === 'list' ? named.items.map(integer) : [];
  if (axes.length > 0 && axes.every((axis) => axis < 0)) return axes.map((axis) => -1 - axis);
  if (shape === null) return undefined;
  if (axes.length > 0) return axes.map((axis) => fromLast(axis, shape.length));
  if (shape.includes(null)) return undefined;
  return shape.flatMap((size, axis) => (size === 1 ? [fromLast(axis, shape.length)] : []));
}

export function integer(attribute: Attribute | undefined): number {
  return attribute?.kind === 'int' ? Number(attribute.value) : 0;
}
