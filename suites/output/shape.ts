import { always, type Check } from '../../harness/check/check.js';
import { Violation } from '../../harness/check/violation.js';
import { cornersOf } from '../../harness/images/corners.js';
import { spaceOf } from '../../harness/images/space.js';

export const shape: Check = {
  id: 'output/shape',
  level: 'must',
  demands: 'The output MUST have shape [batch, num_features or num_classes] for every batch and size.',
  explain: {
    matters:
      'Layers, losses and tables of labels are sized for [batch, N]. One column more, or a batch dimension that is dropped for one image, breaks them or shifts every label.',
    decided:
      'The shape of each output must be [batch, N], with the number of images that went in and the `num_features` or `num_classes` of the spec.',
    mend: 'End with pooling over height and width and one row per image; drop dimensions by name, `tf.squeeze(x, [1, 2])`, as plain `tf.squeeze(x)` drops a batch of one, too. If the model is right, correct the spec: a background class counts.',
  },
  promisedBy: ['num_classes', 'num_features'],
  applies: always,
  kind: 'property',
  corners: cornersOf,
  space: spaceOf,
  failedCall: 'left-out',
  holds: async (subject, batch, contract) => {
    const output = await subject.call(batch);
    const [promised, actual] = [`[${batch.count}, ${contract.outputSize}]`, `[${output.shape.join(', ')}]`];
    if (promised !== actual) throw new Violation({ where: 'output shape', expected: promised, actual });
  },
  held: (contract) => `all [batch, ${contract.outputSize}]`,
};
