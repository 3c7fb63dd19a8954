import { soundOutput } from '../../harness/engine/testing/sound-output.js';
import { changed } from '../../harness/engine/testing/tensors.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { isTheDefault } from './is-the-default.js';

/** One function for the call without `training`, and one for each of its values. */
const ownDefault = {
  parameters: { training: null },
  concreteFunctions: [
    { args: { training: null } },
    { args: { training: false } },
    { args: { training: true } },
  ],
};

const blend = {
  fine_tuning: { trainable_variables: true, training_argument: true },
  hyperparameters: { blend: { type: 'float', default: 0, min: 0, max: 1, affects: 'inference' } },
} as const;

/** With a default of their own for both arguments. */
const blended = {
  ...ownDefault,
  parameters: { training: null, blend: { kind: 'float', value: 0 } },
} as const;

testCheck(isTheDefault, {
  spec: { fine_tuning: { trainable_variables: true, training_argument: true } },
  model: ownDefault,
  passes: [
    {
      name: 'the same rows at each value of a hyperparameter',
      spec: blend,
      model: blended,
      call: (_images, { blend: given = 0 }, { sound }) =>
        changed(sound, (value) => value * (1 + Number(given))),
    },
    {
      name: 'a hyperparameter that makes rows random',
      spec: blend,
      model: blended,
      call: (_images, { blend: given = 0 }, { sound, random }) =>
        changed(sound, (value) => value * (1 + Number(given) * random())),
    },
    {
      name: 'a hyperparameter with which the call without training gives NaN, for another check to tell',
      spec: blend,
      model: blended,
      call: (_images, { training, blend: given = 0 }, { sound }) =>
        training === null && given ? changed(sound, () => Number.NaN) : sound,
    },
    { name: 'the same rows' },
    {
      name: 'another function adds up in another order',
      call: (_images, { training }, { sound }) =>
        changed(sound, (value, { column }) => (training === false ? value + 2 ** -22 * (column - 1) : value)),
    },
    {
      name: 'one function for both, which needs no comparison',
      model: { parameters: { training: false } },
    },
  ],
  fails: [
    {
      name: 'another default with a value between the ends of a hyperparameter',
      spec: blend,
      model: blended,
      call: (_images, { training, blend: given = 0 }, { sound }) => {
        const share = training === false ? Number(given) ** 2 : Number(given);
        return changed(sound, (value) => value * (1 + share));
      },
      finding: {
        where: 'rows of the call with blend=0.5 without training',
        expected: /as with training=False$/,
        batch: { count: 6 },
        arguments: { blend: 0.5 },
      },
    },
    {
      name: 'a copy of the weights that only equals them as stored',
      call: (images, { training }, { steps }) =>
        soundOutput(images, 4, training === false ? steps : new Map()),
      finding: { where: /with other values of the trainable variables$/, batch: { count: 1 } },
    },
    {
      name: 'a default that scales by a thousandth',
      call: (_images, { training }, { sound }) =>
        changed(sound, (value) => (training === false ? value : value * 1.001)),
      finding: {
        where: 'rows of the call without training',
        expected:
          /^-?[\d.]+ ± .*e-\d \(rounding of the largest value of the row\) in row 0, column \d, as with training=False$/,
        batch: { count: 1, height: 8, width: 8 },
      },
    },
    {
      name: 'NaN without the argument',
      call: (_images, { training }, { sound }) =>
        changed(sound, (value) => (training === false ? value : Number.NaN)),
      finding: { actual: 'NaN' },
    },
  ],
  skips: [
    {
      name: 'no such argument',
      spec: {},
      model: { parameters: {} },
      reason: 'The call has no argument named training.',
    },
  ],
});
