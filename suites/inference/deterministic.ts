import { always, type Check } from '../../harness/check/check.js';
import { differenceOf, rowOf, shown } from '../../harness/check/compare.js';
import { Violation } from '../../harness/check/violation.js';
import { spaceOf } from '../../harness/images/batches.js';
import { cornersOf } from '../../harness/images/corners.js';

export const deterministic: Check = {
  id: 'inference/deterministic',
  level: 'must',
  demands: 'The same call twice MUST give the same rows.',
  applies: always,
  kind: 'property',
  corners: cornersOf,
  space: spaceOf,
  failedCall: 'left-out',
  holds: async (subject, batch) => {
    const [first, second] = await subject.inARow([{ batch }, { batch }]);
    if (!first || !second) return;
    const noise = await subject.noise();
    for (let row = 0; row < batch.count; row++) {
      const difference = differenceOf(rowOf(first, row), rowOf(second, row), noise);
      if (!difference) continue;
      throw new Violation({
        where: `row ${row}, column ${difference.unit}, of the second of two equal calls`,
        expected: `${shown(rowOf(first, row)[difference.unit])}, as in the first, give or take ${shown(difference.allowed)}`,
        actual: shown(rowOf(second, row)[difference.unit]),
      });
    }
  },
  held: () => 'the same rows twice',
};
