import { agreementOf } from '../../harness/check/agreement.js';
import type { Check } from '../../harness/check/check.js';
import { numericRows } from '../../harness/check/numeric-rows.js';
import { Rounding } from '../../harness/check/rounding.js';
import { takesTraining } from '../../harness/check/training-argument.js';
import { Violation } from '../../harness/check/violation.js';
import { cornersOf } from '../../harness/images/corners.js';
import { spaceOf } from '../../harness/images/space.js';

export const isTheDefault: Check = {
  id: 'inference/is-the-default',
  level: 'must',
  demands: 'The call without `training` MUST give the same results as with `training=False`.',
  explain: {
    matters:
      'Users who leave `training` out want predictions. A default of True gives them dropout and batch statistics.',
    decided:
      'If both calls run the same concrete function with the same values, there is nothing to compare. If not, each batch is called without `training` and with `training=False`, and the rows must agree: bit for bit, or by as much as copies of an image differ by rounding in other places and numbers.',
    fix: 'Write `training=False` in the arguments of `__call__`, pass it on to the layers, as in `self.model(images, training=training)`, and trace the call again.',
  },
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
    if (!disagreement) return compared;
    const { row, unit, expected, actual } = disagreement;
    const place = `in row ${row}, column ${unit}, as with training=False`;
    const where = 'rows of the call without training';
    throw new Violation({ where, expected: `${expected} ${place}`, actual }, { compared });
  },
  held: () => 'the same as with training=False',
};
