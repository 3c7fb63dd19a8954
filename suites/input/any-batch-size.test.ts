import { CallFailed } from '../../harness/engine/process/failures.js';
import { tensor } from '../../harness/engine/testing/tensors.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { wait } from '../../harness/run/testing/wait.js';
import { anyBatchSize } from './any-batch-size.js';

testCheck(anyBatchSize, {
  spec: { limits: { pixels_per_call: 20_000 } },
  passes: [
    {
      name: 'every number that the limit allows',
      summary: /^runs with 1, 2, 3, .* 129, 130, 255, 257 images$/,
    },
    {
      name: 'none but an empty batch fails: a warning',
      call: ({ count }, _args, { sound }) => (count === 0 ? fail() : sound),
      warnings: [/^A batch of 0 images SHOULD run, but does not: no$/],
    },
    {
      name: 'no time for the larger ones, which is said',
      spec: { limits: { pixels_per_call: 20_000, deadline: '1s' } },
      call: ({ count }, _args, { sound }) => {
        wait(count * 5);
        return sound;
      },
      summary: /^runs with 1, 2, 3, .* images; no time for .*130, 255, 257: limits.deadline$/,
    },
  ],
  fails: [
    {
      name: 'a multiple of ten fails',
      call: ({ count }, _args, { sound }) => (count === 10 ? fail() : sound),
      finding: { where: 'call with 10 images', expected: 'an output', actual: 'no' },
    },
    { name: 'nothing runs, whatever the number', call: fail, finding: { where: 'call', actual: 'no' } },
    {
      name: 'what does not fill a micro-batch is lost',
      call: ({ count }, _args, { sound }) =>
        count > 128 ? tensor([128 * Math.floor(count / 128), 4]) : sound,
      finding: { where: 'call with 129 images', expected: '129 rows', actual: '128 rows' },
    },
  ],
  undecided: [
    {
      name: 'time for a few numbers only',
      spec: { limits: { deadline: '1s' } },
      call: (_images, _args, { sound }) => {
        wait(300);
        return sound;
      },
      reason: /^Only \d of \d+ batch sizes fitted into the time limit; raise limits.deadline\.$/,
    },
  ],
});

function fail(): never {
  throw new CallFailed('no');
}
