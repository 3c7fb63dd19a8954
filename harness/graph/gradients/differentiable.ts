/**
 * TensorFlow's operations with a gradient. Derived from TensorFlow 2.21: every operation of `TF_GetAllOpList` that its
 * gradient registry knows (`ops.RegisterGradient`), without those that it registers as not differentiable and without
 * those whose gradient is always None, zero or an error: ArgMax, ArgMin, Ceil, Floor, FloorDiv, LoopCond,
 * PreventGradient, Rint, Round, Sign, TruncateDiv. Everything else makes TensorFlow raise LookupError or stop.
 */
const differentiable: ReadonlySet<string> = new Set(
  `
Abs AccumulateNV2 Acos Acosh Add AddN AddV2 AllToAll Angle ApproxTopK Asin Asinh Atan Atan2 Atanh
AvgPool AvgPool3D AvgPool3DGrad AvgPoolGrad BandedTriangularSolve BatchMatMul BatchMatMulV2
BatchMatMulV3 BatchNormWithGlobalNormalization BatchToSpace BatchToSpaceND BesselI0 BesselI0e
BesselI1 BesselI1e BesselJ0 BesselJ1 BesselK0 BesselK0e BesselK1 BesselK1e BesselY0 BesselY1 Betainc
BiasAdd BiasAddGrad BiasAddV1 BlockLSTM BlockLSTMV2 BroadcastTo CSRSparseMatrixToDense
CSRSparseMatrixToSparseTensor CTCLoss CTCLossV2 Case Cast CheckNumerics CheckNumericsV2 Cholesky
ClipByValue CollectivePermute Complex ComplexAbs CompositeTensorVariantFromComponents
CompositeTensorVariantToComponents Concat ConcatV2 Conj ConjugateTranspose Conv2D
Conv2DBackpropFilter Conv2DBackpropInput Conv3D Conv3DBackpropFilterV2 Conv3DBackpropInputV2
CopyToMesh CopyToMeshGrad Cos Cosh CropAndResize Cross CrossReplicaSum CudnnRNN CudnnRNNV2
CudnnRNNV3 Cumprod Cumsum CumulativeLogsumexp Dawsn DebugGradientIdentity DebugGradientRefIdentity
DebugIdentityV2 DenseToCSRSparseMatrix DepthToSpace DepthwiseConv2dNative
DepthwiseConv2dNativeBackpropFilter DepthwiseConv2dNativeBackpropInput Diag DiagPart Digamma
Dilation2D Div DivNoNan DynamicPartition DynamicStitch EagerPyFunc Eig Einsum Elu EluGrad
EnsureShape Enter Erf Erfc Erfinv EuclideanNorm Exit Exp ExpandDims Expint Expm1 ExtractImagePatches
ExtractVolumePatches FFT FFT2D FFT3D FakeQuantWithMinMaxArgs FakeQuantWithMinMaxVars
FakeQuantWithMinMaxVarsPerChannel Fill FloorMod FractionalAvgPool FractionalMaxPool FresnelCos
FresnelSin FusedBatchNorm FusedBatchNormGrad FusedBatchNormGradV2 FusedBatchNormGradV3
FusedBatchNormV2 FusedBatchNormV3 Gather GatherNd GatherV2 IFFT IFFT2D IFFT3D IRFFT IRFFT2D Identity
IdentityN If Igamma Igammac Imag ImageProjectiveTransformV2 ImageProjectiveTransformV3 Inv InvGrad
IsotonicRegression L2Loss LRN LeakyRelu LeakyReluGrad Lgamma Log Log1p LogMatrixDeterminant
LogSoftmax MatMul MatrixBandPart MatrixDeterminant MatrixDiag MatrixDiagPart MatrixDiagPartV2
MatrixDiagPartV3 MatrixDiagV2 MatrixDiagV3 MatrixInverse MatrixSetDiag MatrixSetDiagV2
MatrixSetDiagV3 MatrixSolve MatrixSolveLs MatrixSquareRoot MatrixTriangularSolve Max MaxPool
MaxPool3D MaxPool3DGrad MaxPool3DGradGrad MaxPoolGrad MaxPoolGradGrad MaxPoolGradV2 MaxPoolV2
MaxPoolWithArgmax Maximum Mean Merge Min Minimum MirrorPad MirrorPadGrad Mul MulNoNan NcclAllReduce
NcclBroadcast NcclReduce Ndtri Neg NextAfter NextIteration NthElement OptionalFromValue
OptionalGetValue Pack Pad PadV2 ParallelDynamicStitch PlaceholderWithDefault Polygamma Pow Print
Prod Qr QuantizeAndDequantize QuantizeAndDequantizeV2 QuantizeAndDequantizeV3
QuantizeAndDequantizeV4 QuantizeAndDequantizeV4Grad RFFT RFFT2D RGBToHSV RaggedFillEmptyRows
RaggedGather RaggedTensorFromVariant RaggedTensorToSparse RaggedTensorToTensor RaggedTensorToVariant
RandomGamma ReadVariableOp Real RealDiv Reciprocal ReciprocalGrad RefEnter RefExit RefIdentity
RefMerge RefNextIteration RefSwitch Relayout RelayoutLike Relu Relu6 Relu6Grad ReluGrad Reshape
ResizeBicubic ResizeBilinear ResizeNearestNeighbor ResourceGather ResourceGatherNd Reverse
ReverseSequence ReverseV2 Roll Rsqrt RsqrtGrad ScaleAndTranslate ScatterNd ScatterNdNonAliasingAdd
SegmentMax SegmentMean SegmentMin SegmentProd SegmentSum Select SelectV2 SelfAdjointEigV2 Selu
SeluGrad Sigmoid SigmoidGrad Sin Sinh Slice Softmax SoftmaxCrossEntropyWithLogits Softplus
SoftplusGrad Softsign SpaceToBatch SpaceToBatchND SpaceToDepth SparseAdd SparseDenseCwiseAdd
SparseDenseCwiseDiv SparseDenseCwiseMul SparseFillEmptyRows SparseMatMul SparseMatrixAdd
SparseMatrixMatMul SparseMatrixMul SparseMatrixSoftmax SparseMatrixSparseMatMul
SparseMatrixTranspose SparseReduceSum SparseReorder SparseSegmentMean
SparseSegmentMeanWithNumSegments SparseSegmentSqrtN SparseSegmentSqrtNWithNumSegments
SparseSegmentSum SparseSegmentSumWithNumSegments SparseSlice SparseSoftmax
SparseSoftmaxCrossEntropyWithLogits SparseSparseMaximum SparseSparseMinimum SparseTensorDenseAdd
SparseTensorDenseMatMul SparseTensorToCSRSparseMatrix SparseToDense Spence Split SplitV Sqrt
SqrtGrad Square SquaredDifference Squeeze StatelessCase StatelessIf
StatelessParameterizedTruncatedNormal StatelessRandomGammaV2 StatelessRandomGammaV3 StatelessWhile
StridedSlice StridedSliceGrad Sub Sum Svd Switch TPUEmbeddingActivations Tan Tanh TanhGrad
TensorArrayConcat TensorArrayConcatV2 TensorArrayConcatV3 TensorArrayGather TensorArrayGatherV2
TensorArrayGatherV3 TensorArrayRead TensorArrayReadV2 TensorArrayReadV3 TensorArrayScatter
TensorArrayScatterV2 TensorArrayScatterV3 TensorArraySplit TensorArraySplitV2 TensorArraySplitV3
TensorArrayWrite TensorArrayWriteV2 TensorArrayWriteV3 TensorListConcat TensorListConcatV2
TensorListFromTensor TensorListGather TensorListGetItem TensorListPopBack TensorListPushBack
TensorListResize TensorListScatter TensorListScatterIntoExistingList TensorListScatterV2
TensorListSetItem TensorListSplit TensorListStack TensorScatterAdd TensorScatterMax TensorScatterMin
TensorScatterSub TensorScatterUpdate TensorStridedSliceUpdate Tile TopK TopKV2 Transpose
TridiagonalMatMul TridiagonalSolve Unpack UnsortedSegmentMax UnsortedSegmentMin UnsortedSegmentProd
UnsortedSegmentSum While Xdivy XlaClusterOutput XlaEinsum XlaSharding XlaSpmdFullToShardShape
XlaSpmdShardToFullShape Xlog1py Xlogy Zeta _EagerConst
`.match(/\w+/g),
);

/**
 * Inputs that never get a gradient from an operation that has one, by position: indices, axes, shapes, paddings. Derived
 * from the same registry, from the gradient functions that return None at this position whatever they are given; and
 * from FusedBatchNorm's, which gives none to the moving averages.
 */
const withoutGradient: readonly ReadonlySet<string>[] = [
  new Set(
    `
Betainc BlockLSTM BlockLSTMV2 Concat Conv2DBackpropInput Conv3DBackpropInputV2
DepthwiseConv2dNativeBackpropInput Fill Polygamma RaggedFillEmptyRows RandomGamma ScatterNd Select
SelectV2 SparseAdd SparseFillEmptyRows SparseReduceSum SparseReorder SparseSlice SparseSoftmax
SparseTensorDenseAdd SparseTensorDenseMatMul SparseTensorToCSRSparseMatrix Split
StatelessParameterizedTruncatedNormal StatelessRandomGammaV2 StatelessRandomGammaV3 StridedSliceGrad
TensorArrayConcat TensorArrayConcatV2 TensorArrayConcatV3 TensorArrayGather TensorArrayGatherV2
TensorArrayGatherV3 TensorArrayRead TensorArrayReadV2 TensorArrayReadV3 TensorArrayScatter
TensorArrayScatterV2 TensorArrayScatterV3 TensorArraySplit TensorArraySplitV2 TensorArraySplitV3
TensorArrayWrite TensorArrayWriteV2 TensorArrayWriteV3 Zeta
`.match(/\w+/g),
  ),
  new Set(
    `
AllToAll BatchToSpace BatchToSpaceND Betainc BroadcastTo CollectivePermute ConjugateTranspose
Conv2DBackpropFilter Conv3DBackpropFilterV2 CopyToMeshGrad CrossReplicaSum Cumprod Cumsum
CumulativeLogsumexp DenseToCSRSparseMatrix DepthwiseConv2dNativeBackpropFilter DynamicPartition
EuclideanNorm ExpandDims Gather GatherNd GatherV2 IRFFT IRFFT2D ImageProjectiveTransformV2
ImageProjectiveTransformV3 MatrixBandPart MatrixDiagPartV2 MatrixDiagPartV3 MatrixDiagV2
MatrixDiagV3 Max MaxPoolV2 Mean Min MirrorPad MirrorPadGrad NthElement Pad PadV2 Prod
QuantizeAndDequantizeV2 QuantizeAndDequantizeV3 RFFT RFFT2D RefSwitch RelayoutLike Reshape
ResizeBicubic ResizeBilinear ResizeNearestNeighbor ResourceGather ResourceGatherNd Reverse
ReverseSequence ReverseV2 Roll ScaleAndTranslate ScatterNdNonAliasingAdd SegmentMean SegmentProd
SegmentSum Slice SpaceToBatch SpaceToBatchND SparseSegmentMean SparseSegmentMeanWithNumSegments
SparseSegmentSqrtN SparseSegmentSqrtNWithNumSegments SparseSegmentSum
SparseSegmentSumWithNumSegments SparseSoftmaxCrossEntropyWithLogits SplitV
StatelessParameterizedTruncatedNormal StatelessRandomGammaV2 StatelessRandomGammaV3 StridedSlice
StridedSliceGrad Sum Switch TensorArrayGather TensorArrayGatherV2 TensorArrayGatherV3
TensorArrayRead TensorArrayReadV2 TensorArrayReadV3 TensorArrayScatter TensorArrayScatterV2
TensorArrayScatterV3 TensorArrayWrite TensorArrayWriteV2 TensorArrayWriteV3 TensorListGather
TensorListPopBack TensorListResize TensorListScatter TensorListScatterV2 TensorListSplit
TensorListStack TensorScatterAdd TensorScatterSub TensorScatterUpdate TensorStridedSliceUpdate Tile
TopKV2 Transpose UnsortedSegmentProd UnsortedSegmentSum
`.match(/\w+/g),
  ),
  new Set(
    `
BatchToSpaceND CropAndResize GatherV2 ImageProjectiveTransformV2 ImageProjectiveTransformV3
MatrixBandPart MatrixDiagPartV2 MatrixDiagPartV3 MatrixDiagV2 MatrixDiagV3 MatrixSetDiagV2
MatrixSetDiagV3 MaxPoolV2 PadV2 QuantizeAndDequantizeV2 QuantizeAndDequantizeV3 RaggedFillEmptyRows
Roll ScaleAndTranslate ScatterNd Slice SpaceToBatchND SparseAdd SparseFillEmptyRows SparseMatrixAdd
SparseReduceSum SparseReorder SparseSegmentMean SparseSegmentMeanWithNumSegments SparseSegmentSqrtN
SparseSegmentSqrtNWithNumSegments SparseSegmentSum SparseSegmentSumWithNumSegments SparseSlice
SparseSoftmax SparseTensorDenseAdd SparseTensorDenseMatMul SparseTensorToCSRSparseMatrix SplitV
StatelessRandomGammaV3 StridedSlice StridedSliceGrad TensorArraySplit TensorArraySplitV2
TensorArraySplitV3 TensorListGather TensorListScatter TensorListScatterIntoExistingList
TensorListScatterV2 TensorListSplit TensorStridedSliceUpdate UnsortedSegmentProd UnsortedSegmentSum
`.match(/\w+/g),
  ),
  new Set(
    `
CropAndResize FusedBatchNorm FusedBatchNormGrad FusedBatchNormGradV3 FusedBatchNormV2
FusedBatchNormV3 ImageProjectiveTransformV3 MatrixDiagV2 MatrixDiagV3 MaxPoolGradV2
QuantizeAndDequantizeV3 ScaleAndTranslate SparseAdd SparseMatrixAdd SparseReduceSum
SparseSegmentMeanWithNumSegments SparseSegmentSqrtNWithNumSegments SparseSegmentSumWithNumSegments
SparseSlice StatelessRandomGammaV3 StridedSlice StridedSliceGrad TensorStridedSliceUpdate
`.match(/\w+/g),
  ),
  new Set(
    `
FusedBatchNorm FusedBatchNormGrad FusedBatchNormGradV3 FusedBatchNormV2 FusedBatchNormV3
MatrixDiagV2 MatrixDiagV3 MaxPoolGradV2 SparseSlice
`.match(/\w+/g),
  ),
  new Set(
    `
FusedBatchNormGradV3 SparseAdd
`.match(/\w+/g),
  ),
  new Set(
    `
SparseAdd
`.match(/\w+/g),
  ),
];

/** Whether the input at a position gets a gradient from an operation that has one. */
export function carriesGradient(op: string, position: number): boolean {
  return !withoutGradient[position]?.has(op);
}

/** Operations of several outputs of which only one gets a gradient: the others are indices or statistics. */
const onlyOutput: Readonly<Record<string, string>> = {
  ApproxTopK: 'values',
  FusedBatchNorm: 'y',
  FusedBatchNormV2: 'y',
  FusedBatchNormV3: 'y',
  MaxPoolWithArgmax: 'output',
  TopK: 'values',
  TopKV2: 'values',
};

/**
 * Operations on floats for which TensorFlow 2.21 has neither a gradient nor a word that there is none. Asked for one, it
 * raises LookupError, and no variable gets a gradient, those before and after and beside it included. Operations that only
 * training and quantization tools or other devices write are left out.
 */
const unheardOf: ReadonlySet<string> = new Set(
  `AdjustContrast AdjustContrastv2 AdjustHue AdjustSaturation AudioSpectrogram Bincount Bitcast CombinedNonMaxSuppression
  DenseBincount DrawBoundingBoxesV2 ExtractGlimpseV2 FusedPadConv2D FusedResizeAndPadConv2D GuaranteeConst InplaceAdd
  InplaceSub InplaceUpdate Lu MatrixExponential Mfcc Mod NonMaxSuppressionV5 ParallelConcat ResizeArea SegmentMaxV2
  SegmentMinV2 SegmentProdV2 SegmentSumV2 SelfAdjointEig Snapshot TruncateMod Unique UniqueV2 UniqueWithCounts
  UniqueWithCountsV2`.match(/\w+/g),
);

/** Whether TensorFlow raises an error when a gradient is to go through this operation. */
export function raisesForGradient(op: string): boolean {
  return unheardOf.has(op);
}

/** Whether an output of an operation gets a gradient at all. */
export function takesGradient(op: string, output: string): boolean {
  return differentiable.has(op) && (onlyOutput[op] ?? output) === output;
}
