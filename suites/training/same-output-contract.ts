import type { Check } from '../../harness/check/check.js';
import { brokenPromise } from '../../harness/check/output-promise.js';
import { declaresTraining } from '../../harness/check/training-argument.js';
import { LeftOut, Violation } from '../../harness/check/violation.js';
import type { Contract } from '../../harness/contract/contract.js';
import { unlessCallFails } from '../../harness/engine/process/failures.js';
import type { ModelCalls, ModelFacts, ModelState } from '../../harness/engine/subject.js';
import { cornersOf } from '../../harness/images/corners.js';
import { imageNumbers } from '../../harness/images/pixels.js';
import { pixelsIn } from '../../harness/images/size.js';
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
      'Each batch is called with `training=True`; the result must be one float32 tensor [batch, N], free of NaN and infinity. Calls with one image, with the most images and with the most pixels must leave no NaN in a variable.',
    calls:
      'None of its own for most cases, as the training calls of `training/flag-accepted` are read. About 40 are made again from the restored variables, to read all variables after them.',
    fix: 'Return the same tensor for both values of `training`. Auxiliary logits can be a method of their own. Against NaN, guard what training divides by and takes roots of: the variance of one image, of equal images or of flat ones is 0.',
  },
  promisedBy: ['fine_tuning'],
  answersFor: ['wrong-structure', 'wrong-dtype', 'wrong-shape', 'not-finite'],
  applies: declaresTraining,
  kind: 'property',
  corners: cornersOf,
  space: spaceOf,
  calls: (batch) => [{ batch, args: training }],
  holds: async (subject, batch, contract) => {
    const broken = await brokenPromise(subject, contract, { batch, args: training });
    if (!broken) {
      if (isForState(batch, contract)) await requireFiniteState(subject, batch);
      return;
    }
    const { of, expected, actual } = broken;
    const where = `${of === 'form' ? 'result' : 'values'} with training=True`;
    const finding = { where, expected, actual, arguments: training };
    if (of === 'form')
      throw new Violation(finding, { shows: ['wrong-structure', 'wrong-dtype', 'wrong-shape'] });
    const violation = new Violation(finding, { shows: ['not-finite'] });
    throw (await notFiniteAtInference(subject, batch, violation)) ?? violation;
  },
  held: (contract) => `all float32 [batch, ${contract.outputSize}] with training=True`,
};

/**
 * Single images and equal ones have no variance between them; numbers that count pixels or images overflow in the largest
 * batches. An average that becomes NaN so stays NaN.
 */
function isForState(batch: Batch, contract: Contract): boolean {
  const isPlain = new Set(imageNumbers(batch)).size === 1 && pixelsIn(batch) <= pixelsOfPlain;
  const corners = cornersOf(contract);
  return (
    isPlain ||
    batch.count >= Math.max(...corners.map(({ count }) => count)) ||
    pixelsIn(batch) >= Math.max(...corners.map(pixelsIn))
  );
}

/** Pixels of such a call with single images: the size does not matter to it. */
const pixelsOfPlain = 64 * 64;

async function requireFiniteState(subject: ModelFacts & ModelState, batch: Batch): Promise<void> {
  const { state } = await subject.outcomeOf([{ batch, args: training }]);
  for (const [nodeId, values] of state) {
    const broken = values.find((value) => !Number.isFinite(value));
    const variable = subject.model.variables.find((one) => one.nodeId === nodeId);
    if (broken === undefined || variable === undefined) continue;
    throw new Violation(
      {
        where: `variable ${variable.path} after a call with training=True`,
        expected: 'finite numbers',
        actual: String(broken),
        arguments: training,
      },
      { shows: [] },
    );
  }
}

/** Where inference gives NaN too, it is not training that is at fault. */
async function notFiniteAtInference(
  subject: ModelCalls & ModelFacts,
  batch: Batch,
  otherwise: Violation,
): Promise<LeftOut | undefined> {
  const output = await subject.call(batch).catch(unlessCallFails);
  if (!output || output.values.every((value) => Number.isFinite(value))) return undefined;
  const { functionName: of } = subject.concreteFunctionFor(batch);
  const text = 'The output holds NaN or infinity without training, too';
  return new LeftOut({ kind: 'not-finite', of, text }, otherwise);
}
