/** What an operation does to the units of the values it takes, for those that do it whatever their attributes. */

/** Each value comes from the values at its own place, smaller tensors spread from the last axis. */
export const elementwise: ReadonlySet<string> = new Set(
  `Abs AccumulateNV2 Acos Acosh Add AddN AddV2 Angle ApproximateEqual Asin Asinh Atan Atan2 Atanh BesselI0 BesselI0e BesselI1
  BesselI1e BitwiseAnd BitwiseOr BitwiseXor Bucketize Cast Ceil CheckNumerics CheckNumericsV2 ClipByValue Complex ComplexAbs
  Conj Cos Cosh DebugGradientIdentity DebugIdentity DebugIdentityV2 DeepCopy Digamma Div DivNoNan Elu EnsureShape Enter Equal
  Erf Erfc Erfinv Exit Exp Expm1 FakeQuantWithMinMaxArgs FakeQuantWithMinMaxVars FakeQuantWithMinMaxVarsPerChannel Floor
  FloorDiv FloorMod Greater GreaterEqual Identity Imag Inv Invert IsFinite IsInf IsNan LeakyRelu LeftShift Less LessEqual Lgamma
  Log Log1p LogicalAnd LogicalNot LogicalOr Maximum Merge Minimum Mod Mul MulNoNan Ndtri Neg NextAfter NextIteration NotEqual
  PlaceholderWithDefault Polygamma Pow PreventGradient ReadVariableOp QuantizeAndDequantize QuantizeAndDequantizeV2 QuantizeAndDequantizeV3
  QuantizeAndDequantizeV4 Real RealDiv Reciprocal RefEnter RefExit RefIdentity RefMerge RefNextIteration Relu Relu6
  RightShift Rint Round Rsqrt SelectV2 Selu Sigmoid Sign Sin Sinh Snapshot Softplus Softsign Sqrt Square SquaredDifference
  StopGradient Sub Tan Tanh TruncateDiv TruncateMod Xdivy Xlog1py Xlogy Zeta`.match(/\w+/g),
);

/**
 * One input, by its position, gives each unit its own values, on the axes where they stay; the others are sizes, places,
 * windows, or statistics of the whole row. Softmax is here as it leaves each unit its share.
 */
export const oneInput: Readonly<Record<string, number>> = {
  AdjustContrastv2: 0,
  AvgPool: 0,
  AvgPool3D: 0,
  BatchToSpace: 0,
  BatchToSpaceND: 0,
  BroadcastTo: 0,
  Copy: 0,
  CropAndResize: 0,
  DepthToSpace: 0,
  DepthwiseConv2dNative: 0,
  Dilation2D: 0,
  FractionalAvgPool: 0,
  FractionalMaxPool: 0,
  ImageProjectiveTransformV2: 0,
  ImageProjectiveTransformV3: 0,
  LRN: 0,
  LogSoftmax: 0,
  MaxPool: 0,
  MaxPool3D: 0,
  MaxPoolV2: 0,
  MaxPoolWithArgmax: 0,
  MirrorPad: 0,
  Pad: 0,
  PadV2: 0,
  Print: 0,
  PrintV2: 0,
  RefSwitch: 0,
  ResizeArea: 0,
  ResizeBicubic: 0,
  ResizeBilinear: 0,
  ResizeNearestNeighbor: 0,
  Reverse: 0,
  ReverseSequence: 0,
  ReverseV2: 0,
  Roll: 0,
  ScaleAndTranslate: 0,
  Slice: 0,
  Softmax: 0,
  SpaceToBatch: 0,
  SpaceToBatchND: 0,
  Split: 1,
  SplitV: 0,
  Switch: 0,
  Tile: 0,
};

/** They reduce the axes that their second input names. */
export const reductions: ReadonlySet<string> = new Set(
  'All Any EuclideanNorm Max Mean Min Prod Sum'.match(/\w+/g),
);

/** Each value comes from several units; what was dropped before is no unit of the output. */
export const mixing: ReadonlySet<string> = new Set(
  `AdjustHue AdjustSaturation ArgMax ArgMin BatchMatMul BatchMatMulV2 BatchMatMulV3 Betainc Bincount BlockLSTM BlockLSTMV2
  Cholesky CholeskyGrad Conv Conv2D Conv2DBackpropInput Conv3D Conv3DBackpropInputV2 Cross CudnnRNN CudnnRNNV2 CudnnRNNV3
  DenseBincount Eig ExtractGlimpse FFT FFT2D FFT3D GRUBlockCell HSVToRGB HistogramFixedWidth IFFT IFFT2D IFFT3D IRFFT IRFFT2D
  IRFFT3D InTopK InTopKV2 IsotonicRegression L2Loss LSTMBlockCell LogMatrixDeterminant Lu MatMul MatrixDeterminant
  MatrixExponential MatrixInverse MatrixLogarithm MatrixSolve MatrixSolveLs MatrixSquareRoot MatrixTriangularSolve
  NonMaxSuppression NonMaxSuppressionV2 NonMaxSuppressionV3 NonMaxSuppressionV4 NonMaxSuppressionV5 NthElement Qr QuantizedConv2D
  QuantizedMatMul RFFT RFFT2D RFFT3D RGBToHSV ResourceGather ResourceGatherNd SegmentMax SegmentMean SegmentMin SegmentProd
  SegmentSum SelfAdjointEigV2 SoftmaxCrossEntropyWithLogits SparseMatMul SparseSegmentMean SparseSegmentSqrtN
  SparseSegmentSum SparseSoftmaxCrossEntropyWithLogits SparseTensorDenseMatMul Svd TopK TopKV2 TridiagonalMatMul
  TridiagonalSolve UniformQuantizedConvolution UniformQuantizedDot Unique UniqueV2 UnsortedSegmentMax UnsortedSegmentMin
  UnsortedSegmentProd UnsortedSegmentSum XlaConv XlaConvV2 XlaDot XlaDotV2`.match(/\w+/g),
);

/** They look at the shape of what they are given, or at nothing: no value gets through. */
export const valueless: ReadonlySet<string> = new Set(
  `BroadcastArgs BroadcastGradientArgs Const EmptyTensorList OnesLike Placeholder Range Rank Shape ShapeN Size TensorListReserve
  VarHandleOp VarIsInitializedOp VariableShape ZerosLike`.match(/\w+/g),
);
