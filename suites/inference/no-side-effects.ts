import { always, type Check } from '../../harness/check/check.js';
import { derivedBy, undoneBy } from '../../harness/check/undone-weights.js';
import { namesOf } from '../../harness/check/variable-names.js';
import { Violation } from '../../harness/check/violation.js';
import type { Subject } from '../../harness/engine/subject.js';
import { cornersOf, isSmallest } from '../../harness/images/corners.js';
import { spaceOf } from '../../harness/images/space.js';
import type { Variable } from '../../harness/savedmodel/saved-model.js';

export const noSideEffects: Check = {
  id: 'inference/no-side-effects',
  level: 'must',
  demands: 'A call at inference MUST NOT change a variable.',
  explain: {
    matters:
      'A model that changes as it is used drifts away from what was tested, and two processes that serve it begin to disagree.',
    decided:
      'After each call, every variable is compared with its restored value. Where nothing in the call assigns to a variable, a few comparisons are enough. Trainable variables are also perturbed before a call, since what it assigns may equal the stored values, as a copy of weights does.',
    calls:
      'None of its own where nothing in the call assigns to a variable, as the calls of `input/every-size` are compared. Else one more for each case, with perturbed trainable variables.',
    fix: 'Update averages and counters only `if training:`, and pass `training` on to batch normalization.',
  },
  answersFor: ['changed-variables'],
  applies: always,
  kind: 'property',
  corners: cornersOf,
  space: spaceOf,
  holds: async (subject, batch, contract) => {
    requireNone(subject, await subject.changedBy(batch), '');
    if (!isSmallest(batch, contract)) return;
    requireNone(subject, await undoneBy(subject, { batch }), ', other weights put into them before');
    requireNone(subject, await derivedBy(subject, { batch }), ', other values put into the weights before');
  },
  held: () => 'no variable changed',
};

function requireNone({ model }: Subject, changed: readonly Variable[], how: string): void {
  if (changed.length === 0) return;
  throw new Violation({
    where: `variables after the call${how}`,
    expected: 'as before',
    actual: `changed: ${namesOf(model, changed)}`,
  });
}
