import { testCheck } from '../../harness/run/testing/test-check.js';
import { linearOperations } from '../../harness/savedmodel/testing/fake-function.js';
import { operation } from '../../harness/savedmodel/testing/fake-graph.js';
import { leavesWeightsAlone } from './leaves-weights-alone.js';

/** The training call assigns to the first captured variable, the kernel. */
const assigning = {
  concreteFunctions: [
    {
      args: { training: true },
      operations: [
        ...linearOperations(),
        operation('assign', 'AssignVariableOp', ['kernel', 'logits:output:0']),
      ],
      captures: ['kernel', 'bias'],
      results: ['logits:output:0'],
    },
  ],
};

testCheck(leavesWeightsAlone, {
  spec: { fine_tuning: { trainable_variables: true, training_argument: true } },
  model: { variables: ['kernel', { path: 'average', trainable: false }] },
  passes: [
    { name: 'nothing changes' },
    { name: 'an assignment that changes nothing, whatever the weights are', model: assigning },
    {
      name: 'a moving average changes',
      changes: (_images, { training }) => (training ? { average: [1, 2, 3, 4] } : {}),
    },
  ],
  fails: [
    {
      name: 'a weight is put back to what it was: seen only where it was perturbed',
      model: assigning,
      changes: (_images, { training }, _earlier, steps) =>
        training && steps.has('kernel') ? { kernel: [1] } : {},
      finding: { where: /other values put into them before/, actual: 'changed: kernel' },
    },
    {
      name: 'a weight is kept within a limit that the stored values are far from',
      model: assigning,
      changes: (_images, _args, _earlier, steps) => ((steps.get('kernel') ?? 0) > 50 ? { kernel: [1] } : {}),
      finding: { actual: 'changed: kernel' },
    },
    {
      name: 'a weight decays in training',
      changes: (_images, { training }) => (training ? { kernel: [1] } : {}),
      finding: {
        where: 'trainable variables after the call',
        actual: 'changed: kernel',
        arguments: { training: true },
      },
    },
    {
      name: 'a weight changes for large batches only: the smallest that shows it',
      changes: ({ count }, { training }) => (training && count > 4 ? { kernel: [1] } : {}),
      finding: { batch: { count: 5 } },
    },
  ],
  skips: [{ name: 'no training argument', spec: {}, reason: /declares no training/ }],
});
