import { testOnBundledModels } from '../bundled-models.test.support.js';
import { noMaskInGraph } from './no-mask-in-graph.js';

testOnBundledModels(noMaskInGraph, {
  'dropout-behind-if': /^RandomUniform \(\S+ in cond_true\w*\) → GreaterEqual → SelectV2 \(\S+\) → output$/,
  'dropout-from-generator':
    /^StatelessRandomUniformV2 \(.*\) → Mul → AddV2 → GreaterEqual → SelectV2 \(\S+\) → output$/,
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
