import { changed } from '../../harness/engine/testing/tensors.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { finite } from './finite.js';

testCheck(finite, {
  passes: [{ name: 'finite numbers' }],
  fails: [
    {
      name: 'NaN for black images',
      call: (images, _args, { sound }) =>
        'pattern' in images && images.pattern === 'black' ? changed(sound, () => Number.NaN) : sound,
      finding: { actual: /NaN/, batch: { pattern: 'black' } },
    },
    {
      name: 'infinity in one column',
      call: (_images, _args, { sound }) =>
        changed(sound, (value, { column }) => (column === 2 ? Number.POSITIVE_INFINITY : value)),
      finding: { actual: /Infinity/ },
    },
  ],
});
