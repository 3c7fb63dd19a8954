import { testCheck } from '../../harness/run/testing/test-check.js';
import { onlyImagesRequired } from './only-images-required.js';

testCheck(onlyImagesRequired, {
  passes: [
    { name: 'images alone' },
    { name: 'an argument with a default that was traced', model: { parameters: { training: false } } },
  ],
  fails: [
    {
      name: 'a required argument',
      model: { parameters: { training: 'required' } },
      finding: { where: 'arguments', actual: 'training without a default' },
    },
    {
      name: 'a default that was not traced',
      model: { parameters: { training: false }, concreteFunctions: [{ args: { training: true } }] },
      finding: { where: 'call with the defaults' },
    },
  ],
});
