import type { Check } from '../../harness/check/check.js';
import { brokenPromise } from '../../harness/check/output-promise.js';
import { declaresTraining } from '../../harness/check/training-argument.js';
import { Violation } from '../../harness/check/violation.js';
import type { ModelCalls, ModelFacts, ModelState } from '../../harness/engine/subject.js';
import { cornersOf } from '../../harness/images/corners.js';
import { spaceOf } from '../../harness/images/space.js';
import type { Batch } from '../../harness/verdict/batch.js';

const training = { training: true };

export const sameOutputContract: Check = {
  id: 'training/same-output-contract',
  level: 'must',
  demands:
    'With training=True, the output MUST still be one finite float32 tensor [batch, num_features or num_classes], and every variable MUST stay finite.',
  explain: {
    matters:
      'The code that fine-tunes a model is the code that predicts with it. A different shape, dtype or structure in training breaks it as soon as fitting starts.',
    decided:
      'Each batch is called with `training=True`; the result must be one float32 tensor [batch, N], free of NaN and infinity. Calls with one image must leave no NaN in a variable.',
    fix: 'Return the same tensor for both values of `training`. Auxiliary logits can be a method of their own.',
  },
  promisedBy: ['fine_tuning'],
  applies: declaresTraining,
  kind: 'property',
  corners: cornersOf,
  space: spaceOf,
  failedCall: 'left-out',
  calls: (batch) => [{ batch, args: training }],
  holds: async (subject, batch, contract) => {
    const broken = await brokenPromise(subject, contract, { batch, args: training });
    if (!broken) return requireFiniteState(subject, batch);
    const { of, expected, actual } = broken;
    if (of === 'values' && !(await finiteAtInference(subject, batch))) return;
    const where = `${of === 'form' ? 'result' : 'values'} with training=True`;
    throw new Violation({ where, expected, actual, arguments: training });
  },
  held: (contract) => `all float32 [batch, ${contract.outputSize}] with training=True`,
};

/** Tested with single images, which have no variance between them: an average that becomes NaN stays NaN. */
async function requireFiniteState(subject: ModelFacts & ModelState, batch: Batch): Promise<void> {
  if (batch.count > 1) return;
  for (const [nodeId, values] of await subject.stateAfter({ batch, args: training })) {
    const broken = values.find((value) => !Number.isFinite(value));
    const variable = subject.model.variables.find((one) => one.nodeId === nodeId);
    if (broken === undefined || variable === undefined) continue;
    throw new Violation({
      where: `variable ${variable.path} after a call with training=True`,
      expected: 'finite numbers',
      actual: String(broken),
      arguments: training,
    });
  }
}

/** Where inference gives NaN too, `output/finite` reports it. */
async function finiteAtInference(subject: ModelCalls, batch: Batch): Promise<boolean> {
  const { values } = await subject.call(batch);
  return values.every((value) => Number.isFinite(value));
}
