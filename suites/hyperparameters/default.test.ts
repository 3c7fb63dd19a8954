import { changed } from '../../harness/engine/testing/tensors.js';
import { streamOf, uniform } from '../../harness/images/hash.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import type { FakeModelOptions } from '../../harness/savedmodel/testing/fake-model.js';
import { declaredDefault } from './default.js';

const training = { trainable_variables: true, training_argument: true } as const;
const gain = { type: 'float', default: 1, min: 0.5, max: 2, affects: 'inference' } as const;
const rate = { type: 'float', default: 0.2, min: 0, max: 0.9, affects: 'training' } as const;

/** None in the files, in place of a number; traced for None and for a tensor, beside every other. */
const noneFor = (...names: readonly string[]): FakeModelOptions => ({
  parameters: { training: false, ...noneEach(names) },
  concreteFunctions: [false, true].flatMap((flag) =>
    subsetsOf(names).map((left) => ({ args: { training: flag, ...noneEach(left) } })),
  ),
});

const noneEach = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, { kind: 'none' } as const]));

const subsetsOf = (names: readonly string[]): string[][] =>
  names.reduce<string[][]>((found, name) => found.map((some) => some.concat(name)).concat(found), [[]]);

/** What a call leaves in `bias`: a random number of about this size. */
const randomState = (size: number) => ({ bias: [0, 1, 2, 3].map(() => size * (1 + random())) });

let kept = 1;

let drawn = 0;
const random = () => uniform(streamOf(9, 0), drawn++);

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
    {
      name: 'two defaults that None stands for',
      spec: { hyperparameters: { gain, shift: { ...gain, default: 0 } } },
      model: noneFor('gain', 'shift'),
      call: (_images, args, { sound }) =>
        changed(sound, (value) => value * Number(args.gain ?? 1) + Number(args.shift ?? 0)),
      summary: 'gain=1; shift=0; gain=1, shift=0: as when left out',
    },
    {
      name: 'random state of the same distribution',
      model: noneFor('gain'),
      changes: (_images, args) => (args.training ? randomState(Number(args.gain ?? 1)) : {}),
    },
    {
      name: 'a value that a call keeps and none reads',
      model: noneFor('gain'),
      call: (_images, args, { sound }) => changed(sound, (value) => value * Number(args.gain ?? 1)),
      changes: (_images, args) =>
        args.training && (args.gain ?? 1) !== 1 ? { bias: [Number(args.gain)] } : {},
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
      name: 'another random state after a training call',
      model: noneFor('gain'),
      changes: (_images, args) => (args.training ? randomState(Number(args.gain ?? 1.5)) : {}),
      finding: {
        where: 'call with training=True, gain=1, the declared default',
        actual: /^variables with a (spread|mean) of .* after the call$/,
      },
    },
    {
      name: 'a random state that is left as it was',
      model: noneFor('gain'),
      changes: (_images, args) =>
        args.training && args.gain !== undefined ? randomState(Number(args.gain)) : {},
      finding: { actual: /^variables with a (spread|mean) of .* after the call$/ },
    },
    {
      name: 'the last value of a training call, used from then on',
      model: noneFor('gain'),
      call: (_images, args, { sound, earlier }) => {
        if (earlier === 0) kept = 1;
        if (args.training) kept = Number(args.gain ?? kept);
        return changed(sound, (value) => value * Number(args.gain ?? kept));
      },
      changes: (_images, args) => (args.training && (args.gain ?? 1) !== 1 ? { bias: [kept] } : {}),
      finding: {
        where: 'call with gain=1, the declared default, after a call with training=True, gain=0.5',
        actual: /^outputs that differ/,
      },
    },
    {
      name: 'None that stands for the value of another',
      spec: { hyperparameters: { gain, shift: gain } },
      model: noneFor('gain', 'shift'),
      call: (_images, args, { sound }) =>
        changed(sound, (value) => value * Number(args.gain ?? 1) + Number(args.shift ?? args.gain ?? 1)),
      finding: { where: 'call with gain=0.5, shift=1, the declared default' },
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
