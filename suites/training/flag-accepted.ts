import type { Check, Failure } from '../../harness/check/check.js';
import { refusalOf } from '../../harness/check/refused-call.js';
import { declaresTraining } from '../../harness/check/training-argument.js';
import type { Contract } from '../../harness/contract/contract.js';
import { cornersOf } from '../../harness/images/corners.js';
import { cornersOfEverySize } from '../../harness/images/short-ranges.js';
import { spaceOf } from '../../harness/images/space.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';

export const flagAccepted: Check = {
  id: 'training/flag-accepted',
  level: 'must',
  demands: 'The call MUST accept training=True and training=False.',
  explain: {
    matters:
      '`hub.KerasLayer(path, trainable=True)` passes `training=True` while a model is fitted and `training=False` otherwise. If no concrete function accepts one of them, it stops with an error.',
    decided:
      'Each batch is called without `training`, with False and with True. A batch that also fails without the argument is left to the input checks.',
    calls:
      'One with `training=True` for each case. The others are shared: without the argument with `input/every-size`, and with False where that runs a concrete function of its own.',
    fix: 'Trace both values before saving: `for training in (False, True): model.__call__.get_concrete_function(images, training=training)`, where `images` is the `tf.TensorSpec`. Where both are traced, the error says which operation of the training call cannot take these images.',
  },
  promisedBy: ['fine_tuning.training_argument', 'fine_tuning'],
  answersFor: ['training-refused', 'training-failed'],
  applies: declaresTraining,
  fromFiles: refused,
  kind: 'property',
  corners: cornersOfEverySize,
  space: spaceOf,
  calls: (batch) => [{ batch }, { batch, args: { training: true } }],
  holds: async (subject, batch) => {
    await subject.call(batch);
    await subject.call(batch, { training: false });
    await subject.call(batch, { training: true });
  },
  held: () => 'both values ran',
};

/** A value for which no concrete function was saved, though one takes the same images without it. */
function refused(model: SavedModel, contract: Contract): Failure | undefined {
  const calls = cornersOf(contract).flatMap((batch) =>
    [false, true].map((training) => ({ batch, args: { training } })),
  );
  for (const call of calls) {
    const refusal = refusalOf(model, contract, call);
    if (refusal?.kind !== 'training-refused') continue;
    const finding = { where: 'call', expected: 'an output', actual: refusal.message };
    return {
      status: 'fail',
      finding: { ...finding, batch: call.batch, arguments: call.args },
      explains: [refusal],
    };
  }
  return undefined;
}
