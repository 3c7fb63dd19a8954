import { noTensor } from '../../harness/check/cause.js';
import { always, type Check } from '../../harness/check/check.js';
import { LeftOut, Violation } from '../../harness/check/violation.js';
import { tensorIn } from '../../harness/engine/output-index.js';
import { cornersOfEverySize } from '../../harness/images/short-ranges.js';
import { spaceOf } from '../../harness/images/space.js';

export const shape: Check = {
  id: 'output/shape',
  level: 'must',
  demands: 'The output MUST have shape [batch, num_features or num_classes] for every batch and size.',
  explain: {
    matters:
      'Layers, losses and tables of labels are sized for [batch, N]. One column too many, or a batch dimension that is dropped for one image, breaks them or shifts every label.',
    decided:
      'The shape of each output must be [batch, N], where batch is the number of images and N is the `num_features` or `num_classes` of the spec.',
    calls: 'None of its own: one for each case, which it shares with `input/every-size`.',
    fix: 'End with pooling over height and width and one row per image. Drop dimensions by their axes, as in `tf.squeeze(x, [1, 2])`: a plain `tf.squeeze(x)` also drops a batch dimension of 1. If the model is right, correct the spec: a background class counts.',
  },
  promisedBy: ['num_classes', 'num_features'],
  answersFor: ['wrong-shape'],
  applies: always,
  kind: 'property',
  corners: cornersOfEverySize,
  space: spaceOf,
  holds: async (subject, batch, contract) => {
    const output = await subject.call(batch);
    const [promised, actual] = [`[${batch.count}, ${contract.outputSize}]`, `[${output.shape.join(', ')}]`];
    if (promised === actual) return;
    const wrong = new Violation({ where: 'output shape', expected: promised, actual });
    const concreteFunction = subject.concreteFunctionFor(batch);
    if (tensorIn(concreteFunction, contract.endpoint)) throw wrong;
    throw new LeftOut(noTensor([concreteFunction]), wrong);
  },
  held: (contract) => `all [batch, ${contract.outputSize}]`,
};
