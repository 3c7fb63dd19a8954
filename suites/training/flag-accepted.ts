import type { Check } from '../../harness/check/check.js';
import { declaresTraining } from '../../harness/check/training-argument.js';
import { LeftOut } from '../../harness/check/violation.js';
import { CallFailed } from '../../harness/engine/process/failures.js';
import type { ModelCalls } from '../../harness/engine/subject.js';
import { cornersOf } from '../../harness/images/corners.js';
import { spaceOf } from '../../harness/images/space.js';
import type { Batch } from '../../harness/verdict/batch.js';

export const flagAccepted: Check = {
  id: 'training/flag-accepted',
  level: 'must',
  demands: 'The call MUST accept training=True and training=False.',
  explain: {
    matters:
      '`hub.KerasLayer(path, trainable=True)` passes `training=True` while a model is fitted and `training=False` otherwise. If no concrete function accepts one of them, it stops with an error.',
    decided:
      'Each batch is called without `training`, with False and with True. A batch that also fails without the argument is left to the input checks.',
    fix: 'Trace both values before saving: `for training in (False, True): model.__call__.get_concrete_function(images, training=training)`, where `images` is the `tf.TensorSpec`.',
  },
  promisedBy: ['fine_tuning.training_argument', 'fine_tuning'],
  applies: declaresTraining,
  kind: 'property',
  corners: cornersOf,
  space: spaceOf,
  failedCall: 'violation',
  calls: (batch) => [{ batch }, { batch, args: { training: true } }],
  holds: async (subject, batch) => {
    await inferenceRuns(subject, batch);
    await subject.call(batch, { training: false });
    await subject.call(batch, { training: true });
  },
  held: () => 'both values ran',
};

/** A batch that does not run without the flag either says nothing about the flag. */
async function inferenceRuns(subject: ModelCalls, batch: Batch): Promise<void> {
  try {
    await subject.call(batch);
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    throw new LeftOut('The call fails without training, too; see the input checks.');
  }
}
