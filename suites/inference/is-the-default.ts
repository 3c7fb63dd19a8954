import type { Check } from '../../harness/check/check.js';
import { differenceOf, numberText, rowOf } from '../../harness/check/compare.js';
import { numericRows } from '../../harness/check/numeric-rows.js';
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
      'If both calls run the same concrete function with the same values, there is nothing to compare. If not, each batch is called without `training` and with `training=False`, and the rows must agree up to the rounding measured on this model.',
    fix: 'Write `training=False` in the arguments of `__call__`, pass it on to the layers, as in `self.model(images, training=training)`, and trace the call again.',
  },
  applies: takesTraining,
  kind: 'property',
  corners: cornersOf,
  space: spaceOf,
  comparesValues: true,
  holds: async (subject, batch) => {
    if (subject.sameCall(batch, {}, { training: false })) return;
    const [plain, inference] = [
      await numericRows(subject, { batch }),
      await numericRows(subject, { batch, args: { training: false } }),
    ];
    const noise = await subject.noise();
    for (let row = 0; row < batch.count; row++) {
      const [expected, actual] = [rowOf(inference, row), rowOf(plain, row)];
      const difference = differenceOf(expected, actual, noise);
      if (!difference) continue;
      throw new Violation({
        where: `row ${row}, column ${difference.unit}, of the call without training`,
        expected: `${numberText(expected[difference.unit])} ± ${numberText(difference.allowed)}, as with training=False`,
        actual: numberText(actual[difference.unit]),
      });
    }
  },
  held: () => 'the same as with training=False',
};
