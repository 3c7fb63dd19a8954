import { CallFailed } from '../../harness/engine/process/failures.js';
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

/** A largest norm, which tensors of training calls take. */
const maxNorm = {
  fine_tuning: { trainable_variables: true, training_argument: true },
  hyperparameters: { max_norm: { type: 'float', default: 9, min: 0.5, max: 9, affects: 'training' } },
} as const;

testCheck(leavesWeightsAlone, {
  spec: { fine_tuning: { trainable_variables: true, training_argument: true } },
  model: { variables: ['kernel', { path: 'average', trainable: false }] },
  passes: [
    {
      name: 'a hyperparameter with which another variable changes',
      spec: maxNorm,
      changes: (_images, { max_norm }) => (Number(max_norm) < 5 ? { average: [1] } : {}),
    },
    {
      name: 'a hyperparameter with which calls fail, for another check to tell',
      spec: maxNorm,
      call: (_images, { max_norm }, { sound }) => {
        if (Number(max_norm) < 5) throw new CallFailed('too small');
        return sound;
      },
    },
    { name: 'nothing changes' },
    { name: 'an assignment that changes nothing, whatever the weights are', model: assigning },
    {
      name: 'a moving average changes',
      changes: (_images, { training }) => (training ? { average: [1, 2, 3, 4] } : {}),
    },
  ],
  fails: [
    {
      name: 'a weight changes where a hyperparameter has another value than its default',
      spec: maxNorm,
      changes: (_images, { training, max_norm }) => (training && Number(max_norm) < 5 ? { kernel: [1] } : {}),
      finding: {
        where: 'trainable variables after the call with training=True, max_norm=0.5',
        actual: 'changed: kernel',
        batch: { count: 6 },
        arguments: { training: true, max_norm: 0.5 },
      },
    },
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
