import type { Check } from '../../harness/check/check.js';
import { trainableAmong } from '../../harness/check/trainable-among.js';
import { declaresTraining } from '../../harness/check/training-argument.js';
import { isSmallest, undoneBy } from '../../harness/check/undone-weights.js';
import { namesOf } from '../../harness/check/variable-names.js';
import { Violation } from '../../harness/check/violation.js';
import type { Subject } from '../../harness/engine/subject.js';
import { cornersOf } from '../../harness/images/corners.js';
import { spaceOf } from '../../harness/images/space.js';
import type { Variable } from '../../harness/savedmodel/saved-model.js';

const training = { training: true };

export const leavesWeightsAlone: Check = {
  id: 'training/leaves-weights-alone',
  level: 'must',
  demands: 'A call with training=True MUST NOT change a trainable variable.',
  explain: {
    matters:
      'Only the optimizer should change weights. If a forward pass changes them, too, training is not what the user wrote, and frozen layers do not stay frozen.',
    decided:
      'After each call with `training=True`, the trainable variables are compared with their restored values; other variables, such as moving averages, may change. Variables that the graph assigns to are also perturbed before a call, since a limit or a copy may leave only the stored values as they are. Variables are trainable if `trainable_variables` lists them or, without such a list, if they are marked as trainable.',
    fix: 'Do not `assign` to trainable variables in the call. Put weight decay into `regularization_losses`, and state that the call updates into a `tf.Variable(…, trainable=False)`.',
  },
  promisedBy: ['fine_tuning.trainable_variables', 'fine_tuning'],
  answersFor: ['changed-weights'],
  applies: declaresTraining,
  kind: 'property',
  corners: cornersOf,
  space: spaceOf,
  calls: (batch) => [{ batch, args: training }],
  holds: async (subject, batch, contract) => {
    const changed = await subject.changedBy(batch, training);
    requireNone(subject, trainableAmong(changed, subject.model), '');
    if (isSmallest(batch, contract)) {
      const undone = await undoneBy(subject, { batch, args: training });
      requireNone(subject, undone, ', other values put into them before');
    }
  },
  held: () => 'no trainable variable changed with training=True',
};

function requireNone({ model }: Subject, changed: readonly Variable[], how: string): void {
  if (changed.length === 0) return;
  throw new Violation({
    where: `trainable variables after the call${how}`,
    expected: 'as before',
    actual: `changed: ${namesOf(model, changed)}`,
    arguments: training,
  });
}
