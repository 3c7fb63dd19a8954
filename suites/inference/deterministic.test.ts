import { changed } from '../../harness/engine/testing/tensors.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { deterministic } from './deterministic.js';

testCheck(deterministic, {
  passes: [{ name: 'the same rows twice' }],
  fails: [
    {
      name: 'noise',
      call: (_images, _args, { sound, random }) => changed(sound, (value) => value + random()),
      finding: { where: /^row 0, column \d, of the second of two equal calls$/, batch: { count: 1 } },
    },
    {
      name: 'a counter of calls that comes into one column',
      call: (_images, _args, { sound, earlier }) =>
        changed(sound, (value, { column }) => (column === 2 ? value + earlier : value)),
      finding: { where: 'row 0, column 2, of the second of two equal calls' },
    },
  ],
});
