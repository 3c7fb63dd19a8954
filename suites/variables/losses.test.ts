import type { Call } from '../../harness/engine/subject.js';
import { tensor } from '../../harness/engine/testing/tensors.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import type { PythonValue } from '../../harness/savedmodel/saved-model.js';
import { fakeModel } from '../../harness/savedmodel/testing/fake-model.js';
import { losses } from './losses.js';

const [sound] = fakeModel({ losses: 1 }).losses ?? [];
if (sound?.kind !== 'function') throw new Error('A model with one loss has one that is a function.');

/** The loss with an argument whose default is True; it was traced for this value. */
const withArgument = (value: boolean) => ({
  ...sound,
  endpoint: {
    ...sound.endpoint,
    parameters: [{ name: 'training', keywordOnly: false, default: { kind: 'bool', value: true } as const }],
    concreteFunctions: sound.endpoint.concreteFunctions.map((one) => ({
      ...one,
      positional: [{ kind: 'bool', value } as const],
    })),
  },
});

/** The loss with another result. */
const returning = (output: PythonValue) => ({
  also: {
    losses: [
      {
        ...sound,
        endpoint: {
          ...sound.endpoint,
          concreteFunctions: sound.endpoint.concreteFunctions.map((one) => ({ ...one, output })),
        },
      },
    ],
  },
});
const scalar: PythonValue = { kind: 'tensor', name: 'l2', dtype: 'float32', shape: [] };

const { losses: _none, ...withoutLosses } = fakeModel();

const activity = {
  fine_tuning: { trainable_variables: true, training_argument: true, regularization_losses: 1 },
  hyperparameters: { activity: { type: 'float', default: 0, min: 0, max: 1, affects: 'state' } },
} as const;

/** The hyperparameter of the last call. */
const lastActivity = (calls: readonly Call[]) => Number(calls.at(-1)?.args?.activity ?? 0);

testCheck(losses, {
  spec: { fine_tuning: { trainable_variables: true, training_argument: true, regularization_losses: 1 } },
  passes: [
    {
      name: 'a strength that the last call has set',
      spec: activity,
      losses: (calls) => [tensor([], 1 + lastActivity(calls))],
    },
    { name: 'a finite scalar that stays the same', summary: /^1 finite float32 scalar/ },
    {
      name: 'none, as declared',
      spec: { fine_tuning: { regularization_losses: 0 } },
      summary: 'none, as declared',
    },
    { name: 'an argument whose default was traced', model: { also: { losses: [withArgument(true)] } } },
    {
      name: 'one loss listed twice, with a warning',
      spec: { fine_tuning: { regularization_losses: 2 } },
      warnings: [
        /^regularization_losses\[0\] and regularization_losses\[1\] compute the same and read the same variable, kernel\.$/,
      ],
    },
  ],
  fails: [
    {
      name: 'a hyperparameter with which it depends on the images',
      spec: activity,
      losses: (calls) => [
        tensor([], 1 + lastActivity(calls) * (calls.at(-1)?.batch.pattern === 'white' ? 2 : 1)),
      ],
      finding: {
        where:
          'regularization_losses[0] after a call with training=True, activity=1, and after one of white images',
        expected: '2',
        actual: '3',
        arguments: { training: true, activity: 1 },
      },
    },
    {
      name: 'a hyperparameter with which it grows from call to call',
      spec: activity,
      losses: (calls) => [tensor([], 1 + lastActivity(calls) * calls.length)],
      finding: { where: /and after two such calls$/, actual: '3' },
    },
    {
      name: 'a hyperparameter with which it is infinite',
      spec: activity,
      losses: (calls) => [tensor([], 1 / (1 - lastActivity(calls)))],
      finding: { where: /^regularization_losses\[0\] after a call with/, actual: 'Infinity' },
    },
    {
      name: 'fewer than declared',
      spec: { fine_tuning: { regularization_losses: 2 } },
      model: { losses: 1 },
      finding: { expected: '2 losses, as declared', actual: '1' },
    },
    { name: 'a vector', losses: () => [tensor([1])], finding: { actual: 'float32 [1]' } },
    {
      name: 'another dtype',
      losses: () => [{ ...tensor([]), dtype: 'float64' }],
      finding: { actual: 'float64 []' },
    },
    { name: 'None', model: returning({ kind: 'none' }), finding: { actual: 'None' } },
    {
      name: 'a list with one scalar',
      model: returning({ kind: 'list', items: [scalar] }),
      finding: { where: 'regularization_losses[0]', actual: 'a list with [0]' },
    },
    {
      name: 'a dictionary with one scalar',
      model: returning({ kind: 'dict', entries: { l2: scalar } }),
      finding: { actual: 'a dictionary with ["l2"]' },
    },
    { name: 'NaN', losses: () => [tensor([], Number.NaN)], finding: { actual: 'NaN' } },
    {
      name: 'another value after a training call',
      losses: (calls) => [tensor([], calls.some(({ args }) => args?.training) ? 2 : 1)],
      finding: { where: 'regularization_losses[0] after a call', expected: '1', actual: '2' },
    },
    {
      name: 'an argument whose default was not traced',
      model: { also: { losses: [withArgument(false)] } },
      finding: { actual: /^Could not find matching concrete function/ },
    },
    {
      name: 'a variable in the list',
      model: { also: { losses: [{ kind: 'other', nodeId: 9, what: 'the variable kernel' }] } },
      finding: { actual: 'the variable kernel' },
    },
  ],
  skips: [
    {
      name: 'no fine-tuning and no losses',
      spec: {},
      model: withoutLosses,
      reason: /has no losses/,
    },
  ],
});
