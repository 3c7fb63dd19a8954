import { testCheck } from '../../harness/run/testing/test-check.js';
import { leavesWeightsAlone } from './leaves-weights-alone.js';

testCheck(leavesWeightsAlone, {
  spec: { fine_tuning: { trainable_variables: true, training_argument: true } },
  model: { variables: ['kernel', { path: 'average', trainable: false }] },
  passes: [
    { name: 'nothing changes' },
    {
      name: 'a moving average changes',
      changes: (_images, { training }) => (training ? { average: [1, 2, 3, 4] } : {}),
    },
  ],
  fails: [
    {
      name: 'a weight decays in training',
      changes: (_images, { training }) => (training ? { kernel: [1] } : {}),
      finding: {
        where: 'trainable variables after the call',
        actual: 'changed: kernel',
        arguments: { training: true },
      },
    },
    {
      name: 'a weight changes for large batches only: the smallest that shows it',
      changes: ({ count }, { training }) => (training && count > 4 ? { kernel: [1] } : {}),
      finding: { batch: { count: 5 } },
    },
  ],
  skips: [{ name: 'no training argument', spec: {}, reason: /declares no training/ }],
});
