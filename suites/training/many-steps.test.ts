import { CallFailed } from '../../harness/engine/process/failures.js';
import type { FakeAnswer } from '../../harness/engine/testing/fake-behavior.js';
import { changed, tensor } from '../../harness/engine/testing/tensors.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { linearOperations } from '../../harness/savedmodel/testing/fake-function.js';
import { operation } from '../../harness/savedmodel/testing/fake-graph.js';
import { manyStepsKept } from './many-steps.js';

const spec = {
  num_features: 2,
  fine_tuning: { trainable_variables: true, training_argument: true },
} as const;

/** One function for the call without `training`, and one for each of its values. */
const ownDefault = {
  parameters: { training: null },
  concreteFunctions: [null, false, true].map((training) => ({ args: { training } })),
};

const copy = { path: 'copy', trainable: false, shape: [3, 2] } as const;

/** Beside the kernel, a variable of its shape. */
const withCopy = { variables: [{ path: 'kernel', shape: [3, 2] }, copy] } as const;

/** Training adds the number of images to a variable. */
const countsImagesInTraining = {
  variables: ['kernel', { path: 'seen', trainable: false }],
  concreteFunctions: [false, true].map((training) => ({
    args: { training },
    operations: [
      ...linearOperations(),
      ...(training
        ? [
            operation('size', 'Shape', ['images']),
            operation('count', 'Cast', ['size:output:0']),
            operation('add', 'AssignAddVariableOp', ['seen', 'count:y:0']),
          ]
        : []),
    ],
    captures: ['kernel', 'seen'],
    results: ['logits:output:0'],
  })),
};

const flag = { type: 'bool', default: false, affects: 'training' } as const;
const withFlag = { ...spec, hyperparameters: { anneal: flag } } as const;

/** With the flag, training writes to `average`. */
const countsWithFlag = {
  variables: ['kernel', { path: 'average', trainable: false }],
  concreteFunctions: [false, true].flatMap((training) =>
    [false, true].map((anneal) => ({
      args: { training, anneal },
      operations: [
        ...linearOperations(),
        ...(training && anneal
          ? [operation('assign', 'AssignVariableOp', ['average', 'logits:output:0'])]
          : []),
      ],
      captures: ['kernel', 'average'],
      results: ['logits:output:0'],
    })),
  ),
};

testCheck(manyStepsKept, {
  spec,
  model: { variables: ['kernel', { path: 'average', trainable: false }] },
  passes: [
    {
      name: 'a count of images in a variable: one sequence more, of many images',
      model: countsImagesInTraining,
      summary: /^14 sequences of calls/,
    },
    {
      name: 'a copy of a kernel that is used nowhere',
      model: withCopy,
    },
    {
      name: 'a flag with which training writes to state: four sequences more',
      spec: withFlag,
      model: countsWithFlag,
      summary: /^17 sequences of calls/,
    },
    {
      name: 'a flag with which training writes nothing: none',
      spec: withFlag,
      summary: /^13 sequences of calls/,
    },
    {
      name: 'a flag with which a single call is not finite, for another check to tell',
      spec: withFlag,
      model: countsWithFlag,
      call: (_images, { anneal }, { sound }) =>
        anneal ? tensor(sound.shape, [...sound.values].fill(Number.NaN)) : sound,
      summary: /^13 sequences of calls/,
    },
    {
      name: 'outputs that do not depend on earlier calls',
      summary: /^13 sequences of calls, .* the longest of 130$/,
    },
    {
      name: 'a training output that changes from step to step',
      call: (_images, { training }, { sound, earlier }) =>
        training
          ? tensor(
              sound.shape,
              [...sound.values].map((value) => value / (1 + earlier)),
            )
          : sound,
    },
    {
      name: 'an average that moves in training',
      changes: (_images, { training }) => (training ? { average: [1] } : {}),
    },
    {
      name: 'a size that fails by itself, over which another check has failed',
      reported: { 'size-failed': 'input/every-size' },
      call: ({ height }, _args, { sound }) => {
        if (height > 8) throw new CallFailed('too large');
        return sound;
      },
    },
  ],
  fails: [
    {
      name: 'a queue that overruns after 700 images',
      model: countsImagesInTraining,
      call: ({ count }, { training }, { sound, earlier }) => {
        if (training && count * earlier > 700) throw new CallFailed('indices[0] = [701]');
        return sound;
      },
      finding: { where: /^a call with \d+ images, 8×8, in /, actual: /701/ },
    },
    {
      name: 'a weight that goes back to its copy, equal to it when saved',
      model: withCopy,
      changes: (_images, { training }, earlier, steps) =>
        training && earlier % 5 === 4 && (steps.get('kernel') ?? 0) > 0 ? { kernel: [1] } : {},
      finding: { where: /, with other values of the trainable variables$/, actual: 'changed: kernel' },
    },
    {
      name: 'a count that overflows at the 128th call with a flag',
      spec: withFlag,
      model: countsWithFlag,
      call: (_images, { training, anneal }, { sound, earlier }) =>
        training && anneal && earlier >= 127
          ? tensor(sound.shape, [...sound.values].fill(Number.NaN))
          : sound,
      finding: {
        where: /^call 128 of the sequence, with anneal=True, after .* with training=True, anneal=True$/,
        actual: 'NaN',
      },
    },
    {
      name: 'a call that is not finite after one with a flag',
      spec: withFlag,
      model: countsWithFlag,
      call: notFiniteAfterAnnealing(),
      finding: {
        where: 'call 2 of the sequence, after 1 call with training=True, anneal=True',
        actual: 'NaN',
      },
    },
    {
      name: 'infinite at the 100th call',
      call: (_images, { training }, { sound, earlier }) =>
        training && earlier === 99
          ? tensor(sound.shape, [...sound.values].fill(Number.POSITIVE_INFINITY))
          : sound,
      finding: { where: 'call 100 of the sequence', actual: 'Infinity' },
    },
    {
      name: 'an error at the 65th call',
      call: (_images, _args, { sound, earlier }) => {
        if (earlier === 64) throw new CallFailed('indices[0] = [64] does not index into shape [64]');
        return sound;
      },
      finding: { where: /^inference with 4 images, 8×8, after /, actual: /does not index/ },
    },
    {
      name: 'a column lost after some calls',
      call: (images, _args, { sound, earlier }) => (earlier < 20 ? sound : tensor([images.count, 1])),
      finding: { where: /^shape of/, expected: /, 2\]$/ },
    },
    {
      name: 'inference that differs from call to call after training',
      call: (_images, { training }, { sound, earlier, random }) =>
        training || earlier === 0
          ? sound
          : tensor(
              sound.shape,
              [...sound.values].map((value) => value + random()),
            ),
      finding: { where: /second of two equal inference calls/ },
    },
    {
      name: 'a weight that shrinks at each tenth call',
      changes: (_images, { training }, earlier) => (training && earlier % 10 === 9 ? { kernel: [1] } : {}),
      finding: { where: /^trainable variables after/, actual: 'changed: kernel' },
    },
    {
      name: 'inference that changes a variable after training',
      changes: (_images, { training }, earlier) => (!training && earlier > 0 ? { average: [1] } : {}),
      finding: { where: /^variables at inference after/, actual: 'changed: average' },
    },
    {
      name: 'a call without training that differs from training=False after training',
      model: ownDefault,
      call: (_images, { training }, { sound, earlier }) =>
        training === undefined && earlier > 0 ? changed(sound, (value) => 1.1 * value) : sound,
      finding: { where: /of the call without training after/ },
    },
    {
      name: 'rows that depend on other images after training',
      call: ({ count }, { training }, { sound, earlier }) => {
        if (training || earlier === 0) return sound;
        const mean = [...sound.values].reduce((sum, value) => sum + value, 0) / count;
        return tensor(
          sound.shape,
          [...sound.values].map((value) => value - mean),
        );
      },
      finding: { where: /inference beside other images/ },
    },
  ],
  skips: [
    { name: 'no training argument', spec: { num_features: 2 }, reason: /declares no training/ },
    {
      name: 'a weight that one call changes, which another check has reported',
      reported: { 'changed-weights': 'training/leaves-weights-alone' },
      changes: (_images, { training }) => (training ? { kernel: [1] } : {}),
      reason: /./,
      answeredBy: 'training/leaves-weights-alone',
    },
  ],
});

/** NaN in training without the flag, once a training call has had it. */
function notFiniteAfterAnnealing(): FakeAnswer {
  let isLate = false;
  return (_images, { training, anneal }, { sound, earlier }) => {
    isLate = (earlier > 0 && isLate) || (training === true && anneal === true);
    if (!isLate || !training || anneal) return sound;
    return tensor(sound.shape, [...sound.values].fill(Number.NaN));
  };
}
