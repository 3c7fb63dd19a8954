import { testOnBundledModels } from '../bundled-models.test.support.js';
import { noMaskInGraph } from './no-mask-in-graph.js';

testOnBundledModels(noMaskInGraph, {
  'noise-at-inference': /^RandomStandardNormal \(\S+ in \w+\) → Mul → AddV2 → AddV2 \(add_1\) → output$/,
  'one-unit-dropped':
    /^RandomStandardNormal \(\S+ in \w+\) → Mul → AddV2 → ArgMax → OneHot → Sub → Mul \(mul_4\) → output$/,
});
