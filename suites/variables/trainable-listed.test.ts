import { testCheck } from '../../harness/run/testing/test-check.js';
import { fakeModel } from '../../harness/savedmodel/testing/fake-model.js';
import { trainableListed } from './trainable-listed.js';

const { trainableVariables: [kernel, bias] = [], variables } = fakeModel();
if (!kernel || !bias) throw new Error('A sound model lists its kernel and its bias as trainable.');

testCheck(trainableListed, {
  spec: { fine_tuning: { trainable_variables: true } },
  passes: [
    { name: 'variables that are listed', summary: '2 trainable variables, all among the variables' },
    { name: 'as many as the spec says', spec: { fine_tuning: { trainable_variables: 2 } } },
  ],
  fails: [
    {
      name: 'an empty list',
      model: { also: { trainableVariables: [] } },
      finding: { actual: 'an empty list' },
    },
    {
      name: 'one that is not among the variables',
      model: { also: { listedVariables: [kernel] } },
      finding: { actual: 'bias, which is not in variables' },
    },
    {
      name: 'one that was saved with trainable=False',
      model: { also: { variables: variables.map((one) => ({ ...one, trainable: one.path !== 'bias' })) } },
      finding: { actual: 'bias, which was saved with trainable=False and gets no gradient' },
    },
    {
      name: 'one twice',
      model: { also: { trainableVariables: [kernel, kernel] } },
      finding: { actual: 'kernel twice' },
    },
    {
      name: 'fewer than the spec says',
      spec: { fine_tuning: { trainable_variables: 3 } },
      finding: { actual: '2 variables; the spec says 3' },
    },
    {
      name: 'something that is no variable',
      model: { also: { trainableVariables: [kernel, { kind: 'other', nodeId: 9, what: 'a constant' }] } },
      finding: { actual: 'a constant' },
    },
  ],
  skips: [{ name: 'no fine-tuning', spec: {}, reason: /declares no fine-tuning/ }],
});
