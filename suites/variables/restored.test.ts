import { testCheck } from '../../harness/run/testing/test-check.js';
import { restored } from './restored.js';

testCheck(restored, {
  passes: [
    { name: 'finite values for all', summary: '2 variables, all finite' },
    {
      name: 'a NaN in a variable that nothing promises',
      model: {
        variables: ['kernel', 'bias', 'unused'],
        concreteFunctions: [{ captures: ['kernel', 'bias'] }],
      },
      notFinite: [],
    },
  ],
  fails: [
    { name: 'a NaN in one', notFinite: ['bias'], finding: { actual: 'NaN or infinity in bias' } },
    {
      name: 'a value of another dtype',
      model: { variables: [{ path: 'kernel', stored: { dtype: 'float64', shape: [3, 4] } }, 'bias'] },
      finding: { where: 'variable kernel', actual: /^float64/ },
    },
    {
      name: 'a value of another shape',
      model: { variables: ['kernel', { path: 'bias', stored: { dtype: 'float32', shape: [5] } }] },
      finding: { where: 'variable bias', actual: 'float32 [5]' },
    },
  ],
});
