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
  demands: 'A call with training=True MUST change no trainable variable.',
  explain: {
    matters:
      'Weights are for the optimizer to change. If a forward pass changes them, too, training is not what the user wrote, and frozen layers do not stay frozen.',
    decided:
      'After each call with `training=True`, the trainable variables are compared with their restored values; other variables, such as moving averages, may change. Trainable are those in `trainable_variables` or, where there is no such list, those marked so.',
    mend: 'Take `assign` to trainable variables out of the call. Weight decay belongs in `regularization_losses`, and state that the call updates in a `tf.Variable(…, trainable=False)`.',
  },
  promisedBy: ['fine_tuning.trainable_variables', 'fine_tuning'],
  applies: declaresTraining,
  kind: 'property',
  corners: cornersOf,
  space: spaceOf,
  failedCall: 'left-out',
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

/** What the model lists as trainable; where it lists nothing, what is marked so. */
function trainableIn({ trainableVariables, variables }: SavedModel): Set<number> {
  const trainable = trainableVariables ?? variables.filter((variable) => variable.trainable);
  return new Set(trainable.map(({ nodeId }) => nodeId));
}
