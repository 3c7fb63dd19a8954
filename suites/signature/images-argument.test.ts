import { testCheck } from '../../harness/run/testing/test-check.js';
import { imagesArgument } from './images-argument.js';

const traced = (images: { readonly dtype?: string; readonly shape?: readonly (number | null)[] }) => ({
  concreteFunctions: [{ images }],
});

testCheck(imagesArgument, {
  passes: [
    { name: 'float32 [batch, height, width, 3] of any size', summary: /^takes float32/ },
    {
      name: 'a concrete function for each size that the spec allows',
      spec: { image_size: { height: 8, width: 8 } },
      model: traced({ shape: [null, 8, 8, 3] }),
    },
  ],
  fails: [
    { name: 'bytes', model: traced({ dtype: 'uint8' }), finding: { actual: /uint8/ } },
    {
      name: 'a fixed batch of one',
      model: traced({ shape: [1, null, null, 3] }),
      finding: { actual: /\[1, any, any, 3\]/ },
    },
    {
      name: 'channels first',
      model: traced({ shape: [null, 3, null, null] }),
      finding: { actual: /\[any, 3/ },
    },
    { name: 'one channel', model: traced({ shape: [null, null, null, 1] }), finding: { actual: /1\]/ } },
    {
      name: 'a fixed height where the spec gives a range',
      model: traced({ shape: [null, 8, null, 3] }),
      finding: { actual: /\[any, 8/ },
    },
  ],
});
