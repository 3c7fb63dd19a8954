import { always, type Check } from '../../harness/check/check.js';
import { Violation } from '../../harness/check/violation.js';
import { spaceOf } from '../../harness/images/batches.js';
import { cornersOf } from '../../harness/images/corners.js';

export const shape: Check = {
  id: 'output/shape',
  level: 'must',
  demands: 'The output MUST have shape [batch, num_features or num_classes] for every batch and size.',
  applies: always,
  kind: 'property',
  corners: cornersOf,
  space: spaceOf,
  failedCall: 'left-out',
  holds: async (subject, batch, contract) => {
    const output = await subject.call(batch);
    const [promised, actual] = [`[${batch.count}, ${contract.width}]`, `[${output.shape.join(', ')}]`];
    if (promised !== actual) throw new Violation({ where: 'output shape', expected: promised, actual });
  },
  held: (contract) => `all [batch, ${contract.width}]`,
};
