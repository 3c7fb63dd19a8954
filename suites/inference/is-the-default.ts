import { afterStepInWords } from '../../harness/check/after-step.js';
import { type Agreement, agreementOf, type Disagreement } from '../../harness/check/agreement.js';
import type { Check } from '../../harness/check/check.js';
import { differenceOf, scaleOf } from '../../harness/check/compare.js';
import { callMayDraw, drawsUntilSteady } from '../../harness/check/may-draw.js';
import { hasFiniteValues, numericRows } from '../../harness/check/numeric-rows.js';
import { Rounding } from '../../harness/check/rounding.js';
import { batchFor } from '../../harness/check/settings/declared.js';
import { settingsPassed } from '../../harness/check/settings/settings-passed.js';
import { type Compared, looser, measured } from '../../harness/check/tolerance.js';
import { takesTraining } from '../../harness/check/training-argument.js';
import { unlessNotAccepted } from '../../harness/check/unless-not-accepted.js';
import { type ComparedOutputs, Violation } from '../../harness/check/violation.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Call, Subject } from '../../harness/engine/subject.js';
import { cornersOf, isSmallest, smallestSize } from '../../harness/images/corners.js';
import { isOfSize } from '../../harness/images/size.js';
import { spaceOf } from '../../harness/images/space.js';
import { listedTrainable } from '../../harness/savedmodel/listed-trainable.js';
import { argumentsInWords } from '../../harness/verdict/arguments-in-words.js';

export const isTheDefault: Check = {
  id: 'inference/is-the-default',
  level: 'must',
  demands: 'The call without `training` MUST give the same results as with `training=False`.',
  explain: {
    matters:
      'Users who leave `training` out want predictions. A default of True gives them dropout and batch statistics.',
    decided:
      'If both calls run the same concrete function with the same values, there is nothing to compare. If not, each batch is called without `training` and with `training=False`, and the rows must agree: bit for bit, or by as much as copies of an image differ by rounding in other places and numbers. At the smallest size they must also agree with the trainable variables changed, as training changes them: a copy of the weights that is not trained shows itself then. So must calls with hyperparameters, at the values that every run tries, alone and in combinations of up to 64, unless their rows are random.',
    calls:
      'None where `training=False` and its absence run the same concrete function with the same values. Else one for each case, as the other is shared, and one for each setting of the hyperparameters.',
    fix: 'Write `training=False` in the arguments of `__call__`, pass it on to the layers, as in `self.model(images, training=training)`, and trace the call again.',
  },
  answersFor: ['other-default'],
  applies: takesTraining,
  comparisons: 'recorded',
  kind: 'property',
  corners: cornersOf,
  space: spaceOf,
  holds: async (subject, batch, contract) => {
    let compared = await requireSame(subject, contract, { batch });
    if (isSmallest(batch, contract))
      for (const args of settingsPassed(contract.hyperparameters))
        compared = looser(
          compared,
          await requireSameWith(subject, contract, { batch: batchFor(contract), args }),
        );
    return compared;
  },
  held: () => 'the same as with training=False',
};

/** The same with hyperparameters. */
async function requireSameWith(
  subject: Subject,
  contract: Contract,
  call: Call,
): Promise<Compared | undefined> {
  if (!(await unlessNotAccepted(() => areComparable(subject, call, 1)))) return undefined;
  try {
    return await requireSame(subject, contract, call);
  } catch (error) {
    if (callMayDraw(subject, call) && !(await areComparable(subject, call, drawsUntilSteady)))
      return undefined;
    throw error;
  }
}

/** Whether both calls give finite rows, and the same when made again: a hyperparameter may make them random. */
async function areComparable(subject: Subject, call: Call, times: number): Promise<boolean> {
  const calls = [call, withFalse(call)];
  const noise = await subject.noise();
  for (const one of calls) {
    const rows = await numericRows(subject, one);
    if (!hasFiniteValues(rows)) return false;
    for (const again of await subject.inARow(Array.from({ length: times }, () => one)))
      if (differenceOf(rows.values, again.values, noise.tolerance)) return false;
  }
  return true;
}

function withFalse({ batch, args }: Call): Call {
  return { batch, args: { training: false, ...args } };
}

async function requireSame(subject: Subject, contract: Contract, call: Call): Promise<Compared | undefined> {
  const { batch, args = {} } = call;
  const inferenceCall = withFalse(call);
  if (subject.sameCall(batch, args, inferenceCall.args ?? {})) return undefined;
  const outputs = [await numericRows(subject, inferenceCall), await numericRows(subject, call)] as const;
  const agreement = await agreementOf(outputs, contract, (row) =>
    new Rounding(subject, call).atHand({ batch, row }, [batch.count]),
  );
  const compared = requireAgreement(agreement, outputs, call);
  return looser(compared, await requireSameAfterStep(subject, contract, call));
}

/** Copies of the weights, such as a moving average, are equal as stored, and only one of them is trained. */
async function requireSameAfterStep(
  subject: Subject,
  contract: Contract,
  call: Call,
): Promise<Compared | undefined> {
  const trainable = listedTrainable(subject.model);
  if (!isOfSize(call.batch, smallestSize(contract)) || trainable.length === 0) return undefined;
  const { output: inference } = await subject.perturbed(trainable, withFalse(call));
  if (!hasFiniteValues(inference)) return undefined;
  const { output: byDefault } = await subject.perturbed(trainable, call);
  const agreement = await agreementOf([inference, byDefault], contract, (_row, values) =>
    measured(roughly * scaleOf(values), 'a thousandth of the largest value of the row'),
  );
  return requireAgreement(agreement, [inference, byDefault], call, afterStepInWords);
}

function requireAgreement(
  { compared, disagreement }: Agreement,
  outputs: ComparedOutputs,
  call: Call,
  how = '',
): Compared {
  if (!disagreement) return compared;
  throw new Violation(findingOf(call, disagreement, how), { compared, outputs });
}

function findingOf(
  { batch, args }: Call,
  { row, unit, expected, actual, units }: Disagreement,
  how: string,
): Violation['finding'] {
  const passed = args ? ` with ${argumentsInWords(args)}` : '';
  return {
    where: `rows of the call${passed} without training${how}`,
    expected: `${expected} in row ${row}, column ${unit}, as with training=False`,
    actual,
    units,
    batch,
    ...(args ? { arguments: args } : {}),
  };
}

/** Share of a row that counts as equal: changed weights move it by far more, and may be badly conditioned. */
const roughly = 1e-3;
