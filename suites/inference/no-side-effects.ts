import { always, type Check } from '../../harness/check/check.js';
import { namesOf } from '../../harness/check/variable-names.js';
import { Violation } from '../../harness/check/violation.js';
import { cornersOf } from '../../harness/images/corners.js';
import { spaceOf } from '../../harness/images/space.js';

export const noSideEffects: Check = {
  id: 'inference/no-side-effects',
  level: 'must',
  demands: 'A call at inference MUST NOT change a variable.',
  explain: {
    matters:
      'A model that changes as it is used drifts away from what was tested, and two processes that serve it begin to disagree.',
    decided:
      'After each call, every variable is compared with its restored value. Where nothing in the call assigns to a variable, a few comparisons are enough.',
    fix: 'Update averages and counters only `if training:`, and pass `training` on to batch normalization.',
  },
  answersFor: ['changed-variables'],
  applies: always,
  kind: 'property',
  corners: cornersOf,
  space: spaceOf,
  holds: async (subject, batch) => {
    const changed = await subject.changedBy(batch);
    if (changed.length === 0) return;
    throw new Violation({
      where: 'variables after the call',
      expected: 'as before',
      actual: `changed: ${namesOf(subject.model, changed)}`,
    });
  },
  held: () => 'no variable changed',
};
