import type { Check } from '../../harness/check/check.js';
import { declaresTraining } from '../../harness/check/training-argument.js';
import { namesOf } from '../../harness/check/variable-names.js';
import { Violation } from '../../harness/check/violation.js';
import { cornersOf } from '../../harness/images/corners.js';
import { spaceOf } from '../../harness/images/space.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';

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
  applies: declaresTraining,
  kind: 'property',
  corners: cornersOf,
  space: spaceOf,
  calls: (batch) => [{ batch, args: training }],
  holds: async (subject, batch) => {
    const changed = await subject.changedBy(batch, training);
    const weights = trainableIn(subject.model);
    const touched = changed.filter(({ nodeId }) => weights.has(nodeId));
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

/** What the model lists as trainable; without a list, what it marks as trainable. */
function trainableIn({ trainableVariables, variables }: SavedModel): Set<number> {
  const trainable = trainableVariables ?? variables.filter((variable) => variable.trainable);
  return new Set(trainable.map(({ nodeId }) => nodeId));
}
