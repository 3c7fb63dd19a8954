import { CallFailed } from '../../harness/engine/process/failures.js';
import { changed } from '../../harness/engine/testing/tensors.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { accepted } from './accepted.js';

const training = { trainable_variables: true, training_argument: true } as const;
const level = { type: 'int', default: 4, min: 1, max: 24, affects: 'inference' } as const;
const rate = { type: 'float', default: 0, min: 0, max: 0.9, affects: 'training' } as const;
const gate = { type: 'bool', default: false, affects: 'inference' } as const;
const gain = { type: 'float', default: 1, min: 0.5, max: 2, affects: 'inference' } as const;

testCheck(accepted, {
  spec: { fine_tuning: training, hyperparameters: { gain } },
  passes: [
    {
      name: 'a factor',
      call: (_images, args, { sound }) => changed(sound, (value) => value * Number(args.gain)),
      summary: /^gain: accepted at 0.5, 2, 1, .* and 4 more; batches of \d+ shapes$/,
    },
    {
      name: 'every whole number of a small range',
      spec: { hyperparameters: { level: { ...level, max: 6 } } },
      call: (_images, args, { sound }) => changed(sound, (value) => value ** Number(args.level)),
      summary: /^level: accepted at 1, 6, 4, 2, 3, 5; /,
    },
    {
      name: 'a rate that acts in training only',
      spec: { fine_tuning: training, hyperparameters: { rate } },
      call: (_images, args, { sound, random }) =>
        changed(sound, (value) => (args.training && random() < Number(args.rate) ? 0 : value)),
    },
    {
      name: 'samples at inference, declared to affect it',
      spec: { hyperparameters: { gate } },
      call: (_images, args, { sound, random }) =>
        changed(sound, (value) => (args.gate && random() < 0.5 ? 0 : value)),
      summary: /; random at inference, as declared, with gate=True$/,
    },
    {
      name: 'rows that depend on each other without the hyperparameter, which another check has reported',
      reported: { 'dependent-rows': 'batching/rows-independent' },
      call: ({ count }, _args, { sound }) => changed(sound, (value) => value + count),
    },
    {
      name: 'two hyperparameters',
      spec: { hyperparameters: { gain, gate } },
      summary: /; together and in pairs; /,
    },
  ],
  fails: [
    {
      name: 'one value of a small range',
      spec: { hyperparameters: { level } },
      call: (_images, args, { sound }) => changed(sound, (value) => value / (Number(args.level) - 11)),
      finding: { where: 'values with level=11', batch: { count: 6 } },
    },
    {
      name: 'a rate that acts at inference',
      spec: { fine_tuning: training, hyperparameters: { rate } },
      call: (_images, args, { sound, random }) =>
        changed(sound, (value) => (random() < Number(args.rate) ? 0 : value)),
      finding: { where: 'repeated call with rate=0.9' },
    },
    {
      name: 'square images only',
      call: ({ height, width }, args, { sound }) => {
        if (height !== width && args.gain !== 1) throw new CallFailed('Dimensions must be equal');
        return sound;
      },
      finding: { where: 'call with gain=0.5', actual: 'Dimensions must be equal' },
    },
    {
      name: 'batches above 8',
      call: ({ count }, args, { sound }) => {
        if (count > 8 && args.gain !== 1) throw new CallFailed('index 8 is not in [0, 8)');
        return sound;
      },
      finding: { where: 'call with gain=0.5', batch: { count: 13 } },
    },
    {
      name: 'a bool that couples rows',
      spec: { hyperparameters: { gate } },
      call: ({ count }, args, { sound }) => {
        const mean = sound.values.reduce((sum, value) => sum + value, 0) / count;
        return args.gate ? changed(sound, (value) => value - mean) : sound;
      },
      finding: { where: 'rows with gate=True' },
    },
    {
      name: 'rows that depend on each other without the hyperparameter, too, and nobody has said so',
      call: ({ count }, _args, { sound }) => changed(sound, (value) => value + count),
      finding: { where: 'rows with gain=0.5' },
    },
    {
      name: 'random rows at inference, with the hyperparameter or without, and nobody has said so',
      spec: { fine_tuning: training, hyperparameters: { rate } },
      call: (_images, _args, { sound, random }) => changed(sound, (value) => (random() < 0.5 ? 0 : value)),
      finding: { where: 'repeated call with rate=0' },
    },
    {
      name: 'a coupling of one part in a hundred thousand',
      call: ({ count }, args, { sound }) => {
        const mean = sound.values.reduce((sum, value) => sum + value, 0) / count;
        return args.gain === 2 ? changed(sound, (value) => value + 1e-4 * mean) : sound;
      },
      finding: { where: 'rows with gain=2' },
    },
    {
      name: 'numbers that depend on the position in the batch, less than one part in a hundred',
      spec: { hyperparameters: { gate } },
      call: (_images, args, { sound }) =>
        args.gate ? changed(sound, (value, { row }) => value * (1 + 0.002 * (row % 3))) : sound,
      finding: { where: 'rows with gate=True', actual: /\(row (in another position|among)/ },
    },
    {
      name: 'rows in another order',
      call: ({ count }, args, { sound }) =>
        args.gain === 2
          ? changed(sound, (_value, { row, column }) => sound.values[(count - 1 - row) * 4 + column] ?? 0)
          : sound,
      finding: { where: 'rows with gain=2' },
    },
    {
      name: 'a variable that keeps the value',
      changes: (_images, args) => (args.gain === 1 ? {} : { bias: [Number(args.gain)] }),
      finding: { where: 'variables with gain=0.5', actual: 'changed: bias' },
    },
    {
      name: 'two values that only fail together',
      spec: {
        hyperparameters: { gain, shift: { ...gain, default: 0, min: -2, max: 2 } },
      },
      call: (_images, args, { sound }) =>
        changed(sound, (value) => value / (Number(args.gain) + Number(args.shift))),
      finding: { where: 'values with gain=2, shift=-2' },
    },
    {
      name: 'two whole numbers that fail where they are equal',
      spec: {
        hyperparameters: { inner: { ...level, default: 1, max: 3 }, outer: { ...level, min: 2, max: 5 } },
      },
      call: (_images, args, { sound }) =>
        changed(sound, (value) => value / (Number(args.inner) - Number(args.outer))),
      finding: { where: /^values with inner=(\d), outer=\1$/ },
    },
    {
      name: 'three values that only fail together',
      spec: {
        hyperparameters: {
          top: { ...gain, default: 0, min: 0, max: 0.25 },
          bottom: { ...gain, default: 0, min: 0, max: 0.25 },
          kept: gain,
        },
      },
      call: (_images, args, { sound }) =>
        changed(sound, (value) => value / (Number(args.kept) - Number(args.top) - Number(args.bottom))),
      finding: { where: 'values with top=0.25, bottom=0.25, kept=0.5' },
    },
    {
      name: 'sizes that are no multiple of it',
      spec: {
        image_size: { height: { min: 24, max: 48, step: 4 }, width: { min: 24, max: 48, step: 4 } },
        hyperparameters: { level: { ...level, default: 1, max: 4 } },
      },
      call: ({ height }, args, { sound }) => {
        if (height % Number(args.level) > 0) throw new CallFailed('Input to reshape');
        return sound;
      },
      finding: { where: 'call with level=3', batch: { height: 28, width: 28 } },
    },
    {
      name: 'a number that was traced',
      model: {
        parameters: { training: false, gain: { kind: 'float', value: 1 } },
        concreteFunctions: [false, true].map((flag) => ({
          args: { training: flag, gain: { kind: 'float', value: 1 } },
        })),
      },
      finding: { where: 'call with gain=0.5', actual: /matching concrete function/ },
    },
  ],
  skips: [{ name: 'none declared', spec: { hyperparameters: {} }, reason: /declares no hyperparameters/ }],
});
