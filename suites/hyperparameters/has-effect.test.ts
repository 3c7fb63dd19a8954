import { changed } from '../../harness/engine/testing/tensors.js';
import { streamOf, uniform } from '../../harness/images/hash.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { hyperparameterHasEffect } from './has-effect.js';

const training = { trainable_variables: true, training_argument: true } as const;
const gain = { type: 'float', default: 1, min: 0.5, max: 2, affects: 'inference' } as const;
const rate = { type: 'float', default: 0.2, min: 0, max: 0.9, affects: 'training' } as const;
const momentum = { type: 'float', default: 0.9, min: 0, max: 1, affects: 'state' } as const;

/** What a call leaves in `bias`: random numbers around this one. */
const randomState = (value: number) => ({
  bias: [0, 1, 2, 3].map(() => value + uniform(streamOf(9, 0), drawn++)),
});

let drawn = 0;

testCheck(hyperparameterHasEffect, {
  spec: { fine_tuning: training, hyperparameters: { gain } },
  passes: [
    {
      name: 'other outputs',
      call: (_images, args, { sound }) => changed(sound, (value) => value * Number(args.gain)),
      summary: /^gain: 0.5 and 2 give outputs that differ by/,
    },
    {
      name: 'an angle whose ends are the same',
      spec: { hyperparameters: { degrees: { ...gain, default: 0, min: 0, max: 360 } } },
      call: (_images, args, { sound }) =>
        changed(sound, (value) => value * Math.cos((Number(args.degrees) * Math.PI) / 180)),
      summary: /^degrees: 0 and 180 give/,
    },
    {
      name: 'another spread in training',
      spec: { fine_tuning: training, hyperparameters: { rate } },
      call: (_images, args, { sound, random }) =>
        changed(sound, (value) => (args.training && random() < Number(args.rate) ? 0 : value)),
      summary: /a spread of/,
    },
    {
      name: 'another mean among random outputs',
      spec: { fine_tuning: training, hyperparameters: { rate } },
      call: (_images, args, { sound, random }) =>
        changed(sound, (value) => value + random() + 5 * Number(args.rate)),
      summary: /a mean of/,
    },
    {
      name: 'another state after a training call',
      spec: { fine_tuning: training, hyperparameters: { momentum } },
      changes: (_images, args) => (args.training ? { bias: [Number(args.momentum)] } : {}),
      summary: /variables that differ by 1.00 after the call$/,
    },
    {
      name: 'another random state after a training call',
      spec: { fine_tuning: training, hyperparameters: { momentum } },
      changes: (_images, args) => (args.training ? randomState(Number(args.momentum)) : {}),
      summary: /variables with a (mean|spread) of .* after the call$/,
    },
    {
      name: 'one that matters beside another alone',
      spec: { hyperparameters: { gain, gate: { type: 'bool', default: false, affects: 'inference' } } },
      call: (_images, args, { sound }) =>
        changed(sound, (value) => (args.gate ? value * Number(args.gain) + 1 : value)),
    },
    {
      name: 'one that matters for larger images',
      call: ({ height }, args, { sound }) =>
        changed(sound, (value) => (height > 8 ? value * Number(args.gain) : value)),
    },
  ],
  fails: [
    {
      name: 'ignored, with random state',
      spec: { fine_tuning: training, hyperparameters: { momentum } },
      changes: (_images, args) => (args.training ? randomState(0.5) : {}),
      finding: { where: 'state with other values of momentum, training=True' },
    },
    {
      name: 'ignored',
      finding: { where: 'inference with other values of gain', actual: /^no difference between 0.5, 2, 1, / },
    },
    {
      name: 'ignored at inference only',
      call: (_images, args, { sound }) =>
        changed(sound, (value) => (args.training ? value * Number(args.gain) : value)),
      finding: { where: 'inference with other values of gain', actual: /; they matter only in training$/ },
    },
    {
      name: 'ignored in training only',
      spec: { fine_tuning: training, hyperparameters: { rate } },
      call: (_images, args, { sound }) =>
        changed(sound, (value) => (args.training ? value : value * Number(args.rate))),
      finding: { actual: /; they matter only at inference$/ },
    },
  ],
  skips: [
    { name: 'none declared', spec: { hyperparameters: {} }, reason: /declares no hyperparameters/ },
    {
      name: 'the default alone',
      spec: { hyperparameters: { gain: { type: 'float', default: 1, affects: 'inference' } } },
      reason: /no value but the default/,
    },
  ],
});
