import { tensor } from '../../harness/engine/testing/tensors.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { sameWidthAtEverySize } from './same-width-at-every-size.js';

testCheck(sameWidthAtEverySize, {
  passes: [{ name: 'four columns at every size' }],
  fails: [
    {
      name: 'flattened, not pooled',
      call: ({ count, height, width }) => tensor([count, height * width]),
      finding: { actual: /./ },
    },
    {
      name: 'another number of columns above some width',
      call: ({ count, width }, _args, { sound }) => (width > 10 ? tensor([count, 5]) : sound),
      finding: { actual: /./ },
    },
  ],
});
