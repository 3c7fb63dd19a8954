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
      name: 'white images of any size',
      call: (images, _args, { sound }) => {
        if ('pattern' in images && ['white', 'mixed'].includes(images.pattern))
          throw new CallFailed('not below 1');
        return sound;
      },
      finding: {
        expected: 'an output, as for other images of that size and number',
        batch: { pattern: 'white', count: 1 },
        remedy: /^Neither the size nor the number of images is at fault/,
      },
    },
    {
      name: 'sizes that are not square',
      ...failing((height, width) => height !== width),
      finding: { actual: 'cannot reshape' },
    },
  ],
});
