import { testCheck } from '../../harness/run/testing/test-check.js';
import { noSideEffects } from './no-side-effects.js';

testCheck(noSideEffects, {
  passes: [{ name: 'no variable changes' }],
  fails: [
    {
      name: 'a counter',
      changes: () => ({ bias: [1, 1, 1, 1] }),
      finding: { where: 'variables after the call', actual: 'changed: bias' },
    },
    {
      name: 'a cache of the last size',
      changes: ({ height }) => (height === 8 ? {} : { bias: [1, 1, 1, 1] }),
      finding: { batch: { height: 9 } },
    },
  ],
});
