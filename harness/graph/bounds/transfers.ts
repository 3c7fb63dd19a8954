import type { GraphNode } from '../../savedmodel/saved-model.js';
import { add, divide, multiply, subtract } from './arithmetic.js';
import { byUnits } from './by-units.js';
import type { Transfer } from './context.js';
import { addedAt, binned, bucket, placeIn } from './counts.js';
import { clip, decision, maximum, minimum, select } from './extremes.js';
import { functions, reciprocal } from './functions.js';
import { convolution, depthwise, einsum, matrixProduct } from './mixing.js';
import { always, floorDivide, power, remainder, squaredDifference } from './powers.js';
import {
  between,
  crossEntropy,
  greatest,
  least,
  logSoftmax,
  norm,
  productOfAll,
  runningSum,
  softmax,
  sum,
} from './reductions.js';
import { logarithmAtLeast, noMoreThan } from './relations.js';
import { chosen, padded, reshaped, sameAs } from './shaping.js';
import { absolute, count, filledWith, leaky, normalised, quantized, summed, toType } from './special.js';
import { endsOfLogarithm, image, unary } from './unary.js';

/** What an operation makes of its inputs; of one that is not known here, what the catalogue says of its units. */
export function transferOf(node: GraphNode): Transfer {
  return known.get(node.op) ?? byUnits(node.op);
}

const elementwise = Object.entries(functions).map(([op, given]) => [op, unary(op, given)] as const);

const known: ReadonlyMap<string, Transfer> = new Map<string, Transfer>([
  ...elementwise,
  ...logarithms(),
  ['Abs', absolute],
  ['Reciprocal', unary('Reciprocal', reciprocal, (_, [input]) => ({ oneOver: input && noMoreThan(input) }))],
  ...named('Add AddV2 BiasAdd', add),
  ['AddN', summed],
  ['AccumulateNV2', summed],
  ['Sub', subtract],
  ...named('Mul MulNoNan', multiply),
  ...named('RealDiv Div DivNoNan Xdivy', divide),
  ...named('FloorDiv TruncateDiv', floorDivide),
  ...named('FloorMod Mod', remainder),
  ['Pow', power],
  ['SquaredDifference', squaredDifference],
  ['Maximum', maximum],
  ['Minimum', minimum],
  ['ClipByValue', clip],
  ...named('Select SelectV2', select),
  ['Atan2', always(-Math.PI, Math.PI)],
  ...named('Betainc Igamma Igammac OneHot', always(0, 1)),
  ...Object.entries({
    Equal: (a, b) => a === b,
    NotEqual: (a, b) => a !== b,
    Greater: (a = 0, b = 0) => a > b,
    GreaterEqual: (a = 0, b = 0) => a >= b,
    Less: (a = 0, b = 0) => a < b,
    LessEqual: (a = 0, b = 0) => a <= b,
    LogicalAnd: (a, b) => a !== 0 && b !== 0,
    LogicalOr: (a, b) => a !== 0 || b !== 0,
    LogicalNot: (a) => a === 0,
    IsFinite: (a = 0) => Number.isFinite(a),
    IsInf: (a = 0) => Math.abs(a) === Number.POSITIVE_INFINITY,
    IsNan: (a = 0) => Number.isNaN(a),
  } satisfies Record<string, (...values: readonly number[]) => boolean>).map(
    ([op, holds]) => [op, decision(op, holds)] as const,
  ),
  ...named('MatMul BatchMatMul BatchMatMulV2 BatchMatMulV3', matrixProduct),
  ...named('Einsum XlaEinsum', einsum),
  ...named('Conv Conv2D Conv3D', convolution),
  ['DepthwiseConv2dNative', depthwise],
  ...named(
    'Mean AvgPool AvgPool3D MaxPool MaxPoolV2 MaxPool3D Median FractionalAvgPool FractionalMaxPool',
    between,
  ),
  ...named(
    'ResizeArea ResizeBicubic ResizeBilinear ResizeNearestNeighbor ScaleAndTranslate SegmentMean',
    between,
  ),
  ...named('Any All SegmentMax SegmentMin UnsortedSegmentMax UnsortedSegmentMin', between),
  ['Min', least],
  ['Max', greatest],
  ['Sum', sum],
  ['Cumsum', runningSum],
  ...named('SegmentSum UnsortedSegmentSum', addedAt(0, runningSum)),
  ['ScatterNd', addedAt(1, byUnits('ScatterNd'))],
  ['TensorScatterAdd', addedAt(2, byUnits('TensorScatterAdd'))],
  ...named('LowerBound UpperBound', placeIn),
  ['Bucketize', bucket],
  ...named('Bincount DenseBincount RaggedBincount SparseBincount HistogramFixedWidth', binned),
  ...named('Prod Cumprod', productOfAll),
  ['EuclideanNorm', norm],
  ['Softmax', softmax],
  ['LogSoftmax', logSoftmax],
  ...named('SoftmaxCrossEntropyWithLogits SparseSoftmaxCrossEntropyWithLogits', crossEntropy),
  ...named('FusedBatchNorm FusedBatchNormV2 FusedBatchNormV3', normalised),
  ...named('FakeQuantWithMinMaxArgs FakeQuantWithMinMaxVars FakeQuantWithMinMaxVarsPerChannel', quantized),
  ['Cast', toType],
  ['LeakyRelu', leaky],
  ...named('Shape ShapeN Size Rank', count),
  ['ZerosLike', filledWith(0)],
  ['OnesLike', filledWith(1)],
  ['Fill', chosen(1)],
  ...named('Reshape Squeeze ExpandDims BroadcastTo Tile', reshaped),
  ...named('Pad PadV2 SpaceToBatchND', padded),
  ['Split', chosen(1)],
  ...named(
    'TopK TopKV2 GatherV2 Gather GatherNd ResourceGather ResourceGatherNd TensorListFromTensor TensorListStack TensorListGetItem',
    chosen(0),
  ),
  ...named('TensorListGather TensorListConcatV2 TensorListResize', chosen(0)),
  ...named(
    'QuantizeAndDequantize QuantizeAndDequantizeV2 QuantizeAndDequantizeV3 QuantizeAndDequantizeV4',
    between,
  ),
  ...named('TensorArrayReadV3 TensorArrayGatherV3', chosen(2)),
  ['IdentityN', (context, inputs) => sameAs(context.result.index)(context, inputs)],
]);

function logarithms(): readonly (readonly [string, Transfer])[] {
  return (['Log', 'Log1p'] as const).map((op) => {
    const given = functions[op];
    const transfer = unary(op, given ?? { f: Math.log }, ({ numbering }, [input]) => {
      if (input === undefined || given === undefined) return {};
      const of = op === 'Log' ? input : { atLeast: noMoreThan(input, 'squash') };
      return { ...endsOfLogarithm(image(given, input)), atLeast: logarithmAtLeast(numbering, of) };
    });
    return [op, transfer] as const;
  });
}

function named(ops: string, transfer: Transfer): readonly (readonly [string, Transfer])[] {
  return ops.split(' ').map((op) => [op, transfer]);
}
