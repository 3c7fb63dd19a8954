import { agreementOf } from '../../harness/check/agreement.js';
import type { Check } from '../../harness/check/check.js';
import { scaleOf } from '../../harness/check/compare.js';
import { hasFiniteValues, numericRows } from '../../harness/check/numeric-rows.js';
import { Rounding } from '../../harness/check/rounding.js';
import { measured } from '../../harness/check/tolerance.js';
import { takesTraining } from '../../harness/check/training-argument.js';
import { Violation } from '../../harness/check/violation.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Subject } from '../../harness/engine/subject.js';
import { cornersOf, smallestSize } from '../../harness/images/corners.js';
import { isOfSize } from '../../harness/images/size.js';
import { spaceOf } from '../../harness/images/space.js';
import { listedTrainable } from '../../harness/savedmodel/listed-trainable.js';
import type { Batch } from '../../harness/verdict/batch.js';

export const isTheDefault: Check = {
  id: 'inference/is-the-default',
  level: 'must',
  demands: 'The call without `training` MUST give the same results as with `training=False`.',
  explain: {
    matters:
      'Users who leave `training` out want predictions. A default of True gives them dropout and batch statistics.',
    decided:
      'If both calls run the same concrete function with the same values, there is nothing to compare. If not, each batch is called without `training` and with `training=False`, and the rows must agree: bit for bit, or by as much as copies of an image differ by rounding in other places and numbers. At the smallest size they must also agree with the trainable variables changed, as training changes them: a copy of the weights that is not trained shows itself then.',
    fix: 'Write `training=False` in the arguments of `__call__`, pass it on to the layers, as in `self.model(images, training=training)`, and trace the call again.',
  },
  answersFor: ['other-default'],
  applies: takesTraining,
  kind: 'property',
  corners: cornersOf,
  space: spaceOf,
  holds: async (subject, batch, contract) => {
    if (subject.sameCall(batch, {}, { training: false })) return;
    const inference = await numericRows(subject, { batch, args: { training: false } });
    const { compared, disagreement } = await agreementOf(
      [inference, await numericRows(subject, { batch })],
      contract,
      (row) => new Rounding(subject, { batch }).atHand({ batch, row }, [batch.count]),
    );
    if (!disagreement) {
      await requireSameAfterStep(subject, contract, batch);
      return compared;
    }
    const { row, unit, expected, actual } = disagreement;
    const place = `in row ${row}, column ${unit}, as with training=False`;
    const where = 'rows of the call without training';
    throw new Violation({ where, expected: `${expected} ${place}`, actual }, { compared });
  },
  held: () => 'the same as with training=False',
};

/** Copies of the weights, such as a moving average, are equal as stored, and only one of them is trained. */
async function requireSameAfterStep(subject: Subject, contract: Contract, batch: Batch): Promise<void> {
  const trainable = listedTrainable(subject.model);
  if (!isOfSize(batch, smallestSize(contract)) || trainable.length === 0) return;
  const call = { batch, args: { training: false } };
  const { output: inference } = await subject.perturbed(trainable, call);
  if (!hasFiniteValues(inference)) return;
  const { output: byDefault } = await subject.perturbed(trainable, { batch });
  const { disagreement } = await agreementOf([inference, byDefault], contract, (_row, values) =>
    measured(roughly * scaleOf(values), 'a thousandth of the largest value of the row'),
  );
  if (!disagreement) return;
  const { row, unit, expected, actual } = disagreement;
  throw new Violation({
    where: 'rows of the call without training, with other values of the trainable variables',
    expected: `${expected} in row ${row}, column ${unit}, as with training=False`,
    actual,
  });
}

/** Share of a row that counts as equal: changed weights move it by far more, and may be badly conditioned. */
const roughly = 1e-3;
