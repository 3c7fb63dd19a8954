import { testCheck } from '../../harness/run/testing/test-check.js';
import { fakeModel } from '../../harness/savedmodel/testing/fake-model.js';
import { listed } from './listed.js';

const { listedVariables: [kernel, bias] = [] } = fakeModel();
if (!kernel || !bias) throw new Error('A sound model lists its kernel and its bias.');

testCheck(listed, {
  passes: [{ name: 'every variable, once', summary: '2 variables, including all 2 that the call uses' }],
  fails: [
    {
      name: 'one forgotten',
      model: { also: { listedVariables: [kernel] } },
      finding: { where: 'variables', actual: 'a list without bias, which the call uses' },
    },
    {
      name: 'one twice',
      model: { also: { listedVariables: [kernel, bias, kernel] } },
      finding: { actual: 'kernel twice' },
    },
  ],
  skips: [
    {
      name: 'a signature has no variables to list',
      spec: { endpoint: { signature: 'serving_default', output: 'logits' } },
      reason: /^The spec calls a signature/,
    },
  ],
});
