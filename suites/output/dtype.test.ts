import { testCheck } from '../../harness/run/testing/test-check.js';
import { dtype } from './dtype.js';

testCheck(dtype, {
  passes: [{ name: 'float32, in the signature and in the tensor' }],
  fails: [
    {
      name: 'float16 in the tensor',
      call: (_images, _args, { sound }) => ({ ...sound, dtype: 'float16' }),
      finding: { expected: /float32/, actual: /float16/ },
    },
  ],
});
