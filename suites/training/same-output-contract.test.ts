import { changed, tensor } from '../../harness/engine/testing/tensors.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { sameOutputContract } from './same-output-contract.js';

testCheck(sameOutputContract, {
  spec: { fine_tuning: { trainable_variables: true, training_argument: true } },
  passes: [{ name: 'the same kind of output', summary: /all float32 \[batch, 4\] with training=True/ }],
  fails: [
    {
      name: 'NaN at inference, too, which no other check reports',
      call: (_images, _args, { sound }) => changed(sound, () => Number.NaN),
      finding: { where: 'values with training=True', actual: 'NaN' },
    },
    {
      name: 'another width in training',
      call: ({ count }, { training }, { sound }) => (training ? tensor([count, 5]) : sound),
      finding: { where: 'result with training=True', arguments: { training: true } },
    },
    {
      name: 'another dtype in training',
      call: (_images, { training }, { sound }) => (training ? { ...sound, dtype: 'float64' } : sound),
      finding: { actual: /float64/ },
    },
    {
      name: 'NaN in training only',
      call: (_images, { training }, { sound }) => (training ? changed(sound, () => Number.NaN) : sound),
      finding: { where: 'values with training=True', actual: 'NaN' },
    },
    {
      name: 'an average that becomes NaN for one image',
      changes: ({ count }, { training }) => (training && count === 1 ? { bias: [Number.NaN, 0, 0, 0] } : {}),
      finding: { where: 'variable bias after a call with training=True', batch: { count: 1 } },
    },
  ],
  skips: [
    { name: 'no training argument', spec: {}, reason: /declares no training/ },
    {
      name: 'NaN at inference, too, which another check reports',
      call: (_images, _args, { sound }) => changed(sound, () => Number.NaN),
      reported: { 'not-finite': 'output/finite' },
      reason: 'The output holds NaN or infinity without training, too; see output/finite.',
      answeredBy: 'output/finite',
    },
  ],
});
