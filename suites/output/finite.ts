import { always, type Check } from '../../harness/check/check.js';
import { requireNumbers } from '../../harness/check/numeric-rows.js';
import { Violation } from '../../harness/check/violation.js';
import { cornersOfEverySize } from '../../harness/images/short-ranges.js';
import { spaceOf } from '../../harness/images/space.js';

export const finite: Check = {
  id: 'output/finite',
  level: 'must',
  demands: 'The output MUST NOT contain NaN or infinity for any image in [0, 1].',
  explain: {
    matters: 'One NaN spoils every loss, average or ranking that it enters, mostly without an error.',
    decided:
      'Every value of each output must be finite. Black, white and flat images and one with a single bright pixel are always tried.',
    calls: 'None of its own: one for each case, which it shares with `input/every-size`.',
    fix: 'Keep divisors and logarithms away from zero: `tf.math.divide_no_nan(a, b)`, `tf.math.rsqrt(variance + epsilon)`, `tf.math.log(tf.maximum(x, 1e-7))`.',
  },
  answersFor: ['not-finite'],
  applies: always,
  kind: 'property',
  corners: cornersOfEverySize,
  space: spaceOf,
  holds: async (subject, batch) => {
    const output = await subject.call(batch);
    requireNumbers(subject, { batch }, output);
    const { values, shape } = output;
    const at = values.findIndex((value) => !Number.isFinite(value));
    if (at === -1) return;
    const columns = Math.max(1, values.length / Math.max(1, shape[0] ?? 1));
    const place = `in row ${Math.floor(at / columns)}, column ${at % columns}`;
    throw new Violation({ where: 'output', expected: 'finite numbers', actual: `${values[at]} ${place}` });
  },
  held: () => 'every value finite',
};
