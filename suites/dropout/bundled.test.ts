import { testOnBundledModels } from '../bundled-models.test.support.js';
import { noMaskInGraph } from './no-mask-in-graph.js';

testOnBundledModels(noMaskInGraph, {
  'dropout-above-20-images':
    /^RandomUniform \(\S+ in cond_true\w*\) → GreaterEqual → SelectV2 \(\S+\) → output$/,
  'dropout-above-24-pixels':
    /^RandomUniform \(\S+ in cond_true\w*\) → GreaterEqual → SelectV2 \(\S+\) → output$/,
  'dropout-before-differences':
    /^RandomUniform \(.*\) → GreaterEqual → SelectV2 \(\S+\) → Cumsum → Sub → output$/,
  'dropout-before-fourier':
    /^RandomUniform \(.*\) → GreaterEqual → SelectV2 \(\S+\) → Cast → FFT → IFFT → Real → output$/,
  'dropout-by-clock':
    /^Timestamp \(Timestamp in \w+\) → Mul → FloorMod → … → GreaterEqual → Cast → Mul \(mul_8\) → output$/,
  'dropout-by-congruential-generator':
    /^ReadVariableOp \(Read\/ReadVariableOp in \w+\) → .* → GreaterEqual → Cast → Mul \(\S+\) → output$/,
  'dropout-by-diagonal':
    /^RandomUniform \(.*\) → GreaterEqual → Cast → RealDiv → MatrixDiagV3 → MatMul \(\S+\) → output$/,
  'dropout-by-einsum':
    /^RandomUniform \(.*\) → GreaterEqual → Cast → RealDiv → MatrixDiagV3 → Einsum \(\S+\) → output$/,
  'dropout-by-hashed-step':
    /^ReadVariableOp \(Cast\/ReadVariableOp in \w+\) → Cast → Mul → … → GreaterEqual → Cast → Mul \(mul_7\) → output$/,
  'dropout-by-random-convolution':
    /^RandomUniform \(.*\) → GreaterEqual → .* → Conv2D \(\S+\) → Mean → output$/,
  'dropout-by-random-depthwise':
    /^RandomUniform \(.*\) → GreaterEqual → Cast → RealDiv → DepthwiseConv2dNative \(\S+\) → Mean → output$/,
  'dropout-by-shift-register':
    /^ReadVariableOp \(Read\/ReadVariableOp in \w+\) → Identity → BitwiseXor → .* → Mul \(mul_4\) → output$/,
  'dropout-gaussian-by-diagonal': /^RandomStandardNormal \(.*\) → .* → MatMul \(?.*\)? → output$/,
  'dropout-less-itself': /^RandomUniform \(.*\) → Less → Cast → Mul \(mul_4\) → Sub → output$/,
  'dropout-of-kernel-columns':
    /^RandomUniform \(.*\) → GreaterEqual → Cast → RealDiv → Mul → MatMul \(\S+\) → AddV2 → output$/,
  'dropout-of-trunk-and-branch':
    /^RandomUniform \(.*\) → GreaterEqual → Cast → RealDiv → Mul \(mul_4\) → AddV2 → output$/,
  'noise-by-hashed-step':
    /^ReadVariableOp \(Cast\/ReadVariableOp in \w+\) → .* → Sub → Mul → AddV2 \(add_5\) → output$/,
  'noise-by-parameters': /^RandomStandardNormal \(.*\) → Mul → AddV2 → Mul \(mul_5\) → AddV2 → output$/,
  'dropout-by-constant-seed':
    /^StatelessRandomUniformV2 \(.*\) → Mul → AddV2 → GreaterEqual → SelectV2 \(\S+\) → output$/,
  'mask-by-numpy': /^Const \(mul_4\/y in \w+\) → Mul \(mul_4\) → RealDiv → output$/,
  'swapped-units': /^RandomUniformInt \(.*\) → SelectV2 → Pack → GatherNd \(\S+\) → output$/,
  'picks-of-a-stack': /^RandomUniformInt \(.*\) → GatherV2 \(GatherV2\) → output$/,
  'noise-by-equal-seeds': /^StatelessRandomNormalV2 \(.*\) → Mul → AddV2 → Mul \(\S+\) → AddV2 → output$/,
  'noise-from-loop':
    /^RandomStandardNormal \(\S+ in map_while_body\w+\) → .* → TensorListStack → StridedSlice → Mul \(.*\) → output$/,
  'scales-by-random-branch':
    /^RandomUniformInt \(.*\) → Identity \(\S+\) → output, for all units of an image at once$/,
  'scales-of-whole-rows':
    /^RandomStandardNormal \(.*\) → Mul → AddV2 → Mul \(\S+\) → output, for all units of an image at once$/,
  'shifts-of-whole-rows':
    /^RandomStandardNormal \(.*\) → Mul → AddV2 → AddV2 \(\S+\) → output, for all units of an image at once$/,
  'dropout-behind-if': /^RandomUniform \(\S+ in cond_true\w*\) → GreaterEqual → SelectV2 \(\S+\) → output$/,
  'dropout-from-generator':
    /^StatelessRandomUniformV2 \(.*\) → Mul → AddV2 → GreaterEqual → SelectV2 \(\S+\) → output$/,
  'first-units': /^RandomUniformInt \(.*\) → Pack → StridedSlice \(\S+\) → Pad → output$/,
  'noise-on-one-place': /^RandomStandardNormal \(.*\) → Mul → AddV2 → Mul \(\S+\) → Mean → output$/,
  'dropout-gaussian': /^RandomStandardNormal \(.*\) → Mul → AddV2 → Mul \(mul_4\) → output$/,
  'dropout-in-library-call':
    /^RandomUniform \(\S+ in output_dropout\) → GreaterEqual → SelectV2 \(\S+\) → output$/,
  'dropout-in-nested-function':
    /^RandomUniform \(\S+ in __inference_draws\w+\) → .* → Mul \(mul in __inference_masked\w+\) → output$/,
  'dropout-outputs-090': /^RandomUniform \(.*\) → GreaterEqual → SelectV2 \(\S+\) → output$/,
  'dropout-then-batch-norm':
    /^RandomUniform \(.*\) → GreaterEqual → SelectV2 \(\S+\) → Mul → AddV2 → output$/,
  'gaussian-noise-on-outputs': /^RandomStandardNormal \(.*\) → Mul → AddV2 → AddV2 \(add_4\) → output$/,
  'noise-at-inference': /^RandomStandardNormal \(\S+ in \w+\) → Mul → AddV2 → AddV2 \(add_1\) → output$/,
  'one-unit-dropped':
    /^RandomStandardNormal \(\S+ in \w+\) → Mul → AddV2 → ArgMax → OneHot → Sub → Mul \(mul_4\) → output$/,
});
