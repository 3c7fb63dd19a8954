import type { Check } from '../../harness/check/check.js';
import { declaresTraining } from '../../harness/check/training-argument.js';
import { namesOf } from '../../harness/check/variable-names.js';
import { Violation } from '../../harness/check/violation.js';
import { cornersOf } from '../../harness/images/corners.js';
import { spaceOf } from '../../harness/images/space.js';
import { trainableAmong } from './trainable.js';

const training = { training: true };

export const leavesWeightsAlone: Check = {
  id: 'training/leaves-weights-alone',
  level: 'must',
  demands: 'A call with training=True MUST NOT change a trainable variable.',
  explain: {
    matters:
      'Only the optimizer should change weights. If a forward pass changes them, too, training is not what the user wrote, and frozen layers do not stay frozen.',
    decided:
      'After each call with `training=True`, the trainable variables are compared with their restored values; other variables, such as moving averages, may change. Variables are trainable if `trainable_variables` lists them or, without such a list, if they are marked as trainable.',
    fix: 'Do not `assign` to trainable variables in the call. Put weight decay into `regularization_losses`, and state that the call updates into a `tf.Variable(…, trainable=False)`.',
  },
  promisedBy: ['fine_tuning.trainable_variables', 'fine_tuning'],
  answersFor: ['changed-weights'],
  applies: declaresTraining,
  kind: 'property',
  corners: cornersOf,
  space: spaceOf,
  calls: (batch) => [{ batch, args: training }],
  holds: async (subject, batch) => {
    const changed = await subject.changedBy(batch, training);
    const touched = trainableAmong(changed, subject.model);
    if (touched.length === 0) return;
    const actual = `changed: ${namesOf(subject.model, touched)}`;
    throw new Violation({
      where: 'trainable variables after the call',
      expected: 'as before',
      actual,
      arguments: training,
    });
  },
  held: () => 'no trainable variable changed with training=True',
};
