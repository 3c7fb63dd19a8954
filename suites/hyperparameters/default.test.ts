import { changed } from '../../harness/engine/testing/tensors.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import type { FakeModelOptions } from '../../harness/savedmodel/testing/fake-model.js';
import { declaredDefault } from './default.js';

const training = { trainable_variables: true, training_argument: true } as const;
const gain = { type: 'float', default: 1, min: 0.5, max: 2, affects: 'inference' } as const;
const rate = { type: 'float', default: 0.2, min: 0, max: 0.9, affects: 'training' } as const;

/** None in the files, in place of a number; traced for None and for a tensor. */
const noneFor = (name: string): FakeModelOptions => ({
  parameters: { training: false, [name]: { kind: 'none' } },
  concreteFunctions: [false, true].flatMap((flag) => [
    { args: { training: flag, [name]: { kind: 'none' } } },
    { args: { training: flag } },
  ]),
});

const dropped = (value: number, rate: number, random: () => number) =>
  random() < rate ? 0 : value / (1 - rate);

testCheck(declaredDefault, {
  spec: { fine_tuning: training, hyperparameters: { gain } },
  passes: [
    {
      name: 'the same when passed',
      call: (_images, args, { sound }) => changed(sound, (value) => value * Number(args.gain)),
      summary: 'gain=1: as when left out',
    },
    {
      name: 'a saved default that float32 rounds to the declared one',
      spec: { hyperparameters: { gain: { ...gain, default: 0.7 } } },
      model: { parameters: { gain: { kind: 'float', value: Math.fround(0.7) } } },
    },
    {
      name: 'a dropout rate that None stands for',
      spec: { fine_tuning: training, hyperparameters: { rate } },
      model: noneFor('rate'),
      call: (_images, args, { sound, random }) =>
        changed(sound, (value) => dropped(value, args.training ? Number(args.rate ?? 0.2) : 0, random)),
    },
  ],
  fails: [
    {
      name: 'another saved default, cut to the declared one',
      model: { parameters: { training: false, gain: { kind: 'float', value: 2 } } },
      call: (_images, args, { sound }) => changed(sound, (value) => value * Math.min(1, Number(args.gain))),
      finding: { where: 'default of gain in the saved function spec', expected: '1', actual: '2' },
    },
    {
      name: 'None that stands for another value',
      model: noneFor('gain'),
      call: (_images, args, { sound }) => changed(sound, (value) => value * Number(args.gain ?? 1.5)),
      finding: { where: 'call with gain=1, the declared default', actual: /^outputs that differ/ },
    },
    {
      name: 'None that stands for another value in training only',
      model: noneFor('gain'),
      call: (_images, args, { sound }) =>
        changed(sound, (value) => (args.training ? value * Number(args.gain ?? 1.5) : value)),
      finding: { where: 'call with training=True, gain=1, the declared default' },
    },
    {
      name: 'None that stands for another dropout rate',
      spec: { fine_tuning: training, hyperparameters: { rate } },
      model: noneFor('rate'),
      call: (_images, args, { sound, random }) =>
        changed(sound, (value) => dropped(value, args.training ? Number(args.rate ?? 0.6) : 0, random)),
      finding: { actual: /^a (spread|mean) of/ },
    },
    {
      name: 'None that stands for a dropout rate close to the declared one',
      spec: { fine_tuning: training, hyperparameters: { rate } },
      model: noneFor('rate'),
      call: (_images, args, { sound, random }) =>
        changed(sound, (value) => dropped(value, args.training ? Number(args.rate ?? 0.25) : 0, random)),
      finding: { actual: /^a (spread|mean) of/, batch: { count: 31 } },
    },
    {
      name: 'another default for more than 16 images',
      model: noneFor('gain'),
      call: ({ count }, args, { sound }) =>
        changed(sound, (value) => value * Number(args.gain ?? (count > 16 ? 1.5 : 1))),
      finding: { batch: { count: 31 } },
    },
    {
      name: 'another state after a training call',
      model: noneFor('gain'),
      changes: (_images, args) => (args.training ? { bias: [Number(args.gain ?? 1.5)] } : {}),
      finding: { where: /^call with training=True/, actual: /^variables that differ by 0.5/ },
    },
    {
      name: 'another output when larger',
      model: noneFor('gain'),
      call: ({ height }, args, { sound }) =>
        changed(sound, (value) => (height > 8 ? value * Number(args.gain ?? 1.5) : value)),
      finding: { batch: { height: 12 } },
    },
  ],
  skips: [{ name: 'none declared', spec: { hyperparameters: {} }, reason: /declares no hyperparameters/ }],
});
