import { testCheck } from '../../harness/run/testing/test-check.js';
import { linearOperations } from '../../harness/savedmodel/testing/fake-function.js';
import { operation } from '../../harness/savedmodel/testing/fake-graph.js';
import { noSideEffects } from './no-side-effects.js';

/** The call assigns to the first captured variable, the kernel. */
const assigning = {
  concreteFunctions: [
    {
      operations: [
        ...linearOperations(),
        operation('assign', 'AssignVariableOp', ['kernel', 'logits:output:0']),
      ],
      results: ['logits:output:0'],
    },
  ],
};

testCheck(noSideEffects, {
  passes: [{ name: 'no variable changes' }],
  fails: [
    {
      name: 'a weight is put back to what it was: seen only where it was perturbed',
      model: assigning,
      changes: (_images, _args, _earlier, steps) => (steps.has('kernel') ? { kernel: [1] } : {}),
      finding: { where: /other weights put into them before/, actual: 'changed: kernel' },
    },
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
