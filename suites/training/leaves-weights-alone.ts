import type { Check } from '../../harness/check/check.js';
import { batchFor } from '../../harness/check/settings/declared.js';
import { settingsPassed } from '../../harness/check/settings/settings-passed.js';
import { trainableAmong } from '../../harness/check/trainable-among.js';
import { declaresTraining } from '../../harness/check/training-argument.js';
import { undoneBy } from '../../harness/check/undone-weights.js';
import { unlessNotAccepted } from '../../harness/check/unless-not-accepted.js';
import { namesOf } from '../../harness/check/variable-names.js';
import { Violation } from '../../harness/check/violation.js';
import type { Call, Subject } from '../../harness/engine/subject.js';
import { cornersOf, isSmallest } from '../../harness/images/corners.js';
import { spaceOf } from '../../harness/images/space.js';
import type { Variable } from '../../harness/savedmodel/saved-model.js';
import { argumentsInWords } from '../../harness/verdict/arguments-in-words.js';

const training = { training: true };

export const leavesWeightsAlone: Check = {
  id: 'training/leaves-weights-alone',
  level: 'must',
  demands: 'A call with training=True MUST NOT change a trainable variable.',
  explain: {
    matters:
      'Only the optimizer should change weights. If a forward pass changes them, too, training is not what the user wrote, and frozen layers do not stay frozen.',
    decided:
      'After each call with `training=True`, the trainable variables are compared with their restored values; other variables, such as moving averages, may change. Variables that the graph assigns to are also perturbed before a call, since a limit or a copy may leave only the stored values as they are. Variables are trainable if `trainable_variables` lists them or, without such a list, if they are marked as trainable. Each hyperparameter is passed, too: at the values that every run tries, alone and in combinations of up to 64.',
    calls:
      'None of its own for the cases, as the training calls of `training/flag-accepted` are compared. One for each setting of the hyperparameters, and one with perturbed variables where the graph assigns to them.',
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
    const call = { batch, args: training };
    requireNone(subject, call, await changedBy(subject, call));
    if (!isSmallest(batch, contract)) return;
    requireNone(subject, call, await undoneBy(subject, call), put);
    for (const setting of settingsPassed(contract.hyperparameters))
      await requireNoneWith(subject, { batch: batchFor(contract), args: { ...training, ...setting } });
  },
  held: () => 'no trainable variable changed with training=True',
};

const put = ', other values put into them before';

async function changedBy(subject: Subject, { batch, args }: Call): Promise<readonly Variable[]> {
  return trainableAmong(await subject.changedBy(batch, args), subject.model);
}

/** The same with hyperparameters. */
async function requireNoneWith(subject: Subject, call: Call): Promise<void> {
  const how = ` with ${argumentsInWords(call.args ?? {})}`;
  const changed = await unlessNotAccepted(() => changedBy(subject, call));
  if (changed === undefined) return;
  requireNone(subject, call, changed, how);
  requireNone(subject, call, await undoneBy(subject, call), `${how}${put}`);
}

function requireNone(
  { model }: Subject,
  { batch, args = {} }: Call,
  changed: readonly Variable[],
  how = '',
): void {
  if (changed.length === 0) return;
  throw new Violation({
    where: `trainable variables after the call${how}`,
    expected: 'as before',
    actual: `changed: ${namesOf(model, changed)}`,
    batch,
    arguments: args,
  });
}
