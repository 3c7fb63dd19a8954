import { CallFailed } from '../../harness/engine/process/failures.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { flagAccepted } from './flag-accepted.js';

testCheck(flagAccepted, {
  spec: { fine_tuning: { trainable_variables: true, training_argument: true } },
  passes: [{ name: 'both values run', summary: /both values ran/ }],
  fails: [
    {
      name: 'only False was traced',
      model: { concreteFunctions: [{ args: { training: false } }] },
      finding: { actual: /^Could not find matching concrete function/ },
    },
    {
      name: 'a call that fails in training only',
      call: (_images, { training }, { sound }) => {
        if (training) throw new CallFailed('out of range');
        return sound;
      },
      finding: { actual: 'out of range' },
    },
  ],
  skips: [{ name: 'no training argument', spec: {}, reason: /declares no training/ }],
});
