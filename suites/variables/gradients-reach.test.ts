import { testCheck } from '../../harness/run/testing/test-check.js';
import { linearOperations } from '../../harness/savedmodel/testing/fake-function.js';
import { operation } from '../../harness/savedmodel/testing/fake-graph.js';
import { gradientsReach } from './gradients-reach.js';

const float = { kind: 'type', value: 'float32' } as const;

/** The linear model with one more operation behind it. */
const endingIn = (op: string, output: string) => ({
  concreteFunctions: [
    {
      operations: [...linearOperations(), operation('end', op, ['logits:output:0'], { T: float })],
      results: [`end:${output}:0`],
    },
  ],
});

testCheck(gradientsReach, {
  spec: { fine_tuning: { trainable_variables: true } },
  passes: [
    { name: 'a path to each', summary: 'gradients reach all 2' },
    { name: 'an activation on the way', model: endingIn('Relu', 'activations') },
  ],
  fails: [
    {
      name: 'tf.stop_gradient on the output',
      model: endingIn('StopGradient', 'output'),
      finding: { where: 'trainable variable kernel', actual: /StopGradient/ },
    },
    { name: 'rounding', model: endingIn('Round', 'y'), finding: { actual: /Round/ } },
    {
      name: 'a variable that the output does not depend on',
      model: {
        variables: ['kernel', 'bias', 'unused'],
        concreteFunctions: [{ captures: ['kernel', 'bias'] }],
      },
      finding: { where: 'trainable variable unused', actual: 'the output does not depend on it' },
    },
    {
      name: 'a variable that only inference depends on',
      spec: { fine_tuning: { trainable_variables: true, training_argument: true } },
      model: {
        variables: ['kernel', 'temperature'],
        concreteFunctions: [
          { args: { training: false } },
          { args: { training: true }, captures: ['kernel'] },
        ],
      },
      finding: {
        where: 'trainable variable temperature',
        actual: 'with training=True, the output does not depend on it',
      },
    },
    {
      name: 'a variable that is only compared with',
      model: {
        variables: ['kernel', 'threshold'],
        concreteFunctions: [
          {
            operations: [
              ...linearOperations(['kernel']),
              operation('read', 'ReadVariableOp', ['threshold'], { dtype: float }),
              operation('above', 'Greater', ['logits:output:0', 'read:value:0'], { T: float }),
              operation('end', 'SelectV2', ['above:z:0', 'logits:output:0', 'images'], { T: float }),
            ],
            results: ['end:output:0'],
          },
        ],
      },
      finding: {
        where: 'trainable variable threshold',
        actual: /^none gets past Greater \(above in .*\): it has no gradient$/,
      },
    },
    {
      name: 'an operation that has a gradient for another input only',
      model: {
        concreteFunctions: [
          {
            operations: [
              ...linearOperations(),
              operation('end', 'ImageProjectiveTransformV3', ['images', 'logits:output:0', 'shape', 'fill']),
            ],
            results: ['end:transformed_images:0'],
          },
        ],
      },
      finding: { actual: /ImageProjectiveTransformV3 .*: it has no gradient for that input/ },
    },
    {
      name: 'an operation whose gradient function refuses an attribute',
      model: {
        concreteFunctions: [
          {
            operations: [
              ...linearOperations(),
              operation('end', 'MatrixSolveLs', ['logits:output:0', 'logits:output:0', 'zero'], {
                T: { kind: 'type', value: 'float32' },
                fast: false,
              }),
            ],
            results: ['end:output:0'],
          },
        ],
      },
      finding: { actual: /^TensorFlow raises ValueError: .* for MatrixSolveLs/ },
    },
    {
      name: 'an operation for which TensorFlow raises LookupError',
      model: endingIn('AdjustContrastv2', 'output'),
      finding: { actual: /LookupError/ },
    },
  ],
  skips: [{ name: 'no fine-tuning', spec: {}, reason: /declares no fine-tuning/ }],
});
