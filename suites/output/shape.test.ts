import { tensor } from '../../harness/engine/testing/tensors.js';
import type { Images } from '../../harness/images/picture.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { shape } from './shape.js';

const ragged = { concreteFunctions: [{ output: { kind: 'type-spec', name: 'RaggedTensorSpec' } }] } as const;
const flat = ({ count }: Images) => tensor([count * 4]);

testCheck(shape, {
  spec: { num_features: 4 },
  passes: [{ name: 'a row of 4 for each image', summary: /^\d+ batches, 10 at random: all \[batch, 4\]/ }],
  fails: [
    {
      name: 'one column too few',
      call: ({ count }) => tensor([count, 3]),
      finding: {
        where: 'output shape',
        expected: '[1, 4]',
        actual: '[1, 3]',
        batch: { height: 8, width: 8 },
      },
    },
    {
      name: 'a batch of one squeezed away',
      call: ({ count }, _args, { sound }) => (count === 1 ? { ...sound, shape: [4] } : sound),
      finding: { expected: '[1, 4]', actual: '[4]', batch: { count: 1 } },
    },
    {
      name: 'rows lost above some number of images: the smallest that shows it',
      call: ({ count }) => tensor([Math.min(count, 5), 4]),
      finding: { expected: '[6, 4]', actual: '[5, 4]', batch: { count: 6, height: 8, width: 8 } },
    },
    {
      name: 'height and width kept',
      call: ({ count }) => tensor([count, 1, 1, 4]),
      finding: { actual: '[1, 1, 1, 4]' },
    },
    {
      name: 'the values of a ragged tensor',
      model: ragged,
      call: flat,
      finding: { expected: '[1, 4]', actual: '[4]' },
    },
  ],
  skips: [
    {
      name: 'the values of a ragged tensor, over which another check has failed',
      reported: { 'wrong-structure': 'signature/one-tensor' },
      model: ragged,
      call: flat,
      reason: /./,
      answeredBy: 'signature/one-tensor',
    },
  ],
});
