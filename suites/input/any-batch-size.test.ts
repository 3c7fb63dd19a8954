import { CallFailed } from '../../harness/engine/process/failures.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { anyBatchSize } from './any-batch-size.js';

testCheck(anyBatchSize, {
  passes: [
    { name: 'any number of images' },
    {
      name: 'no empty batch, with a warning',
      call: ({ count }, _args, { sound }) => {
        if (count === 0) throw new CallFailed('empty');
        return sound;
      },
      warnings: [/./],
    },
  ],
  fails: [
    {
      name: 'a batch of one',
      call: ({ count }, _args, { sound }) => {
        if (count === 1) throw new CallFailed('squeezed');
        return sound;
      },
      finding: { actual: 'squeezed', batch: { count: 1 } },
    },
    {
      name: 'more than four images',
      call: ({ count }, _args, { sound }) => {
        if (count > 4) throw new CallFailed('too many');
        return sound;
      },
      finding: { actual: 'too many', batch: { count: 5 } },
    },
  ],
});
