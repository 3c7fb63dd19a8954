import { testCheck } from '../../harness/run/testing/test-check.js';
import type { PythonValue } from '../../harness/savedmodel/saved-model.js';
import { oneTensor } from './one-tensor.js';

const logits = { kind: 'tensor', name: 'logits', dtype: 'float32', shape: [null, 4] } as const;
const giving = (output: PythonValue) => ({ concreteFunctions: [{ output }] });

testCheck(oneTensor, {
  passes: [
    { name: 'a tensor', summary: 'one tensor, here float32 [1, 4]' },
    {
      name: 'a signature with the declared output',
      spec: { endpoint: { signature: 'serving_default', output: 'logits' } },
    },
  ],
  fails: [
    {
      name: 'a dictionary with one entry',
      model: giving({ kind: 'dict', entries: { logits } }),
      finding: { where: 'result', expected: 'one tensor', actual: 'a dictionary with ["logits"]' },
    },
    {
      name: 'a pair',
      model: giving({ kind: 'tuple', items: [logits, logits] }),
      finding: { actual: 'a tuple with [0], [1]' },
    },
  ],
  skips: [
    {
      name: 'no such endpoint',
      spec: { endpoint: 'embed' },
      model: { endpoint: { kind: 'method', name: '__call__' } },
      reported: { 'no-endpoint': 'signature/root-call' },
      reason: 'The model has no embed to call; see signature/root-call.',
      answeredBy: 'signature/root-call',
    },
  ],
});
