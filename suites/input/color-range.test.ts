import { testCheck } from '../../harness/run/testing/test-check.js';
import { constant, operation } from '../../harness/savedmodel/testing/fake-graph.js';
import { colorRange } from './color-range.js';

const dividing = {
  concreteFunctions: [
    {
      operations: [
        constant('bytes', 255, 'float32'),
        operation('scaled', 'RealDiv', ['images', 'bytes:output:0']),
        operation('logits', 'Mean', ['scaled:z:0']),
      ],
    },
  ],
};

testCheck(colorRange, {
  passes: [
    { name: 'the range that the contract asks for' },
    { name: 'the same, written out', spec: { color_range: [0, 1] } },
    {
      name: 'a model that subtracts the mean of bytes, with a warning',
      model: {
        concreteFunctions: [
          {
            operations: [
              constant('mean', 127.5, 'float32'),
              operation('centered', 'Sub', ['images', 'mean:output:0']),
              operation('logits', 'Mean', ['centered:z:0']),
            ],
          },
        ],
      },
      warnings: [/subtracts 127.5 from the pixels/],
    },
    {
      name: 'a model that divides by 255, with a warning',
      model: dividing,
      warnings: [/divides the pixels by 255 .*Rescaling\(255.0\)/],
    },
  ],
  fails: [
    {
      name: 'from -1 to 1',
      spec: { color_range: [-1, 1] },
      finding: { actual: /-1/, remedy: /^Start the call/ },
    },
    { name: 'from 0 to 255', spec: { color_range: [0, 255] }, finding: { actual: /255/ } },
    {
      name: 'from 0 to 255, by a model that divides by 255',
      spec: { color_range: [0, 255] },
      model: dividing,
      finding: { remedy: /multiply by 255 before it/ },
    },
  ],
});
