import type { Check } from '../../harness/check/check.js';
import { spaceOf } from '../../harness/images/batches.js';
import { cornersOf } from '../../harness/images/corners.js';
import { declaresTraining } from './argument.js';

export const flagAccepted: Check = {
  id: 'training/flag-accepted',
  level: 'must',
  demands: 'The call MUST accept training=True and training=False.',
  applies: declaresTraining,
  kind: 'property',
  corners: cornersOf,
  space: spaceOf,
  failedCall: 'violation',
  holds: async (subject, batch) => {
    await subject.call(batch, { training: true });
    await subject.call(batch, { training: false });
  },
  held: () => 'both values ran',
};
