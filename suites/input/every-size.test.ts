import { CallFailed } from '../../harness/engine/process/failures.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { everySize } from './every-size.js';

const failing = (when: (height: number, width: number) => boolean) => ({
  call: (
    { height, width }: { readonly height: number; readonly width: number },
    _args: unknown,
    {
      sound,
    }: { readonly sound: ReturnType<typeof import('../../harness/engine/testing/tensors.js').tensor> },
  ) => {
    if (when(height, width)) throw new CallFailed('cannot reshape');
    return sound;
  },
});

testCheck(everySize, {
  passes: [{ name: 'every size of the spec' }],
  fails: [
    {
      name: 'odd sizes: the smallest',
      ...failing((height) => height % 2 === 1),
      finding: { actual: 'cannot reshape', batch: { height: 9 } },
    },
    {
      name: 'only at the largest',
      ...failing((height, width) => height === 12 && width === 12),
      finding: { batch: { height: 12, width: 12 } },
    },
    {
      name: 'sizes that are not square',
      ...failing((height, width) => height !== width),
      finding: { actual: 'cannot reshape' },
    },
  ],
});
