import { CallFailed } from '../../harness/engine/process/failures.js';
import type { Images } from '../../harness/images/picture.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { dtype } from './dtype.js';

const tensor = (of: string) => ({ kind: 'tensor', name: 'output', dtype: of, shape: [null, 4] }) as const;
const forTen = (output: ReturnType<typeof tensor>) => ({
  concreteFunctions: [{ images: { shape: [null, 10, 10, 3] }, output }, {}],
});
const isTen = ({ height, width }: Images) => height === 10 && width === 10;

testCheck(dtype, {
  passes: [{ name: 'float32 in both', summary: 'float32 in the signature and in the tensor' }],
  fails: [
    {
      name: 'float64 rows',
      call: (_images, _args, { sound }) => ({ ...sound, dtype: 'float64' }),
      finding: { where: 'output dtype', expected: 'float32', actual: 'float64 in the tensor' },
    },
    {
      name: 'bfloat16 in the signature of a concrete function for one size',
      model: forTen(tensor('bfloat16')),
      finding: { actual: 'bfloat16 in the signature', batch: { height: 10, width: 10 } },
    },
    {
      name: 'float16 from a concrete function for one size',
      model: forTen(tensor('float16')),
      call: (images, _args, { sound }) => (isTen(images) ? { ...sound, dtype: 'float16' } : sound),
      finding: { actual: 'float16 in the signature and float16 in the tensor', batch: { count: 1 } },
    },
    {
      name: 'a call that always fails',
      call: () => {
        throw new CallFailed('no');
      },
      finding: { where: 'call', actual: 'no' },
    },
  ],
});
