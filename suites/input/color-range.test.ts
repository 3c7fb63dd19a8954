import { testCheck } from '../../harness/run/testing/test-check.js';
import type { GraphNode } from '../../harness/savedmodel/saved-model.js';
import { constant, operation } from '../../harness/savedmodel/testing/fake-graph.js';
import { colorRange } from './color-range.js';

/** A model whose call consists of these operations on `images`. */
const doing = (...operations: readonly GraphNode[]) => ({ concreteFunctions: [{ operations }] });

const dividing = doing(
  constant('bytes', 255, 'float32'),
  operation('scaled', 'RealDiv', ['images', 'bytes:output:0']),
  operation('logits', 'Mean', ['scaled:z:0']),
);

testCheck(colorRange, {
  passes: [
    { name: 'the range that the contract asks for' },
    { name: 'the same, written out', spec: { color_range: [0, 1] } },
    {
      name: 'a model that subtracts the mean of bytes, with a warning',
      model: doing(
        constant('mean', 127.5, 'float32'),
        operation('centered', 'Sub', ['images', 'mean:output:0']),
        operation('logits', 'Mean', ['centered:z:0']),
      ),
      warnings: [/subtracts 127.5 from the pixels/],
    },
    {
      name: 'a model that subtracts the means of bytes as a bias, with a warning',
      model: doing(
        constant('means', [-103.939, -116.779, -123.68], 'float32'),
        operation('centered', 'BiasAdd', ['images', 'means:output:0']),
        operation('logits', 'Mean', ['centered:output:0']),
      ),
      warnings: [/subtracts 103.9, 116.8, 123.7 from the pixels/],
    },
    {
      name: 'a bias that is no mean of bytes',
      model: doing(
        constant('shift', [-0.485, -0.456, -0.406], 'float32'),
        operation('centered', 'BiasAdd', ['images', 'shift:output:0']),
        operation('logits', 'Mean', ['centered:output:0']),
      ),
    },
    {
      name: 'a model that mirrors, shifts and casts the images before it divides, with a warning',
      model: doing(
        constant('axis', 2, 'int32'),
        constant('drawn', 1, 'bool'),
        constant('bytes', 0.003921509, 'float32'),
        operation('mirrored', 'ReverseV2', ['images', 'axis:output:0']),
        operation('either', 'SelectV2', ['drawn:output:0', 'mirrored:output:0', 'images']),
        operation('moved', 'Roll', ['either:output:0', 'axis:output:0', 'axis:output:0']),
        operation('small', 'Cast', ['moved:output:0']),
        operation('scaled', 'Mul', ['small:y:0', 'bytes:output:0']),
        operation('logits', 'Mean', ['scaled:z:0']),
      ),
      warnings: [/divides the pixels by 255/],
    },
    {
      name: 'a model that divides each channel by the same number, with a warning',
      model: doing(
        constant('bytes', [255, 255, 255], 'float32'),
        operation('scaled', 'RealDiv', ['images', 'bytes:output:0']),
        operation('logits', 'Mean', ['scaled:z:0']),
      ),
      warnings: [/divides the pixels by 255/],
    },
    {
      name: 'a choice between the images and something else shows nothing',
      model: doing(
        constant('drawn', 1, 'bool'),
        constant('grey', 0.5, 'float32'),
        constant('bytes', 255, 'float32'),
        operation('either', 'SelectV2', ['drawn:output:0', 'grey:output:0', 'images']),
        operation('scaled', 'RealDiv', ['either:output:0', 'bytes:output:0']),
        operation('logits', 'Mean', ['scaled:z:0']),
      ),
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
