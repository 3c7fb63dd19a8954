import type { Arguments } from '../../harness/engine/subject.js';
import type { CallSituation } from '../../harness/engine/testing/fake-behavior.js';
import { changed, tensor } from '../../harness/engine/testing/tensors.js';
import type { Images } from '../../harness/images/picture.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { constant, operation } from '../../harness/savedmodel/testing/fake-graph.js';
import { hasEffect } from './has-effect.js';

const specOf = (...effects: ('batch-norm' | 'dropout' | 'augmentation' | 'other')[]) => ({
  fine_tuning: { trainable_variables: true, training_argument: true, training_effects: effects },
});

/** A graph in which this many operations draw random numbers, and one takes the mean of the batch. */
const drawing = (count: number, { ofBatch = true } = {}) => {
  const draws = Array.from({ length: count }, (_, at) =>
    operation(`draw${at}`, 'RandomStandardNormal', ['images']),
  );
  const mean = [constant('axes', [0]), operation('mean', 'Mean', ['images', 'axes:output:0'])];
  const terms = [...draws, ...(ofBatch ? mean.slice(1) : [])].map(({ name }) => `${name}:output:0`);
  const added = operation('sum', 'AddN', ['images', ...terms], { N: terms.length + 1 });
  const operations = [...draws, ...mean, added];
  return {
    variables: ['kernel', { path: 'average', trainable: false }],
    concreteFunctions: [
      { args: { training: false }, operations, results: ['sum:sum:0'] },
      { args: { training: true }, operations, results: ['sum:sum:0'] },
    ],
  };
};

const changes = (_: Images, { training }: Arguments) => (training ? { average: [1, 2, 3, 4] } : {});

/** Adds the mean of the batch, or random numbers, in training. */
const inTraining =
  (add: (row: number, situation: CallSituation) => number) =>
  (_: Images, { training }: Arguments, situation: CallSituation) =>
    training
      ? tensor(
          situation.sound.shape,
          [...situation.sound.values].map((value, at) => value + add(at, situation)),
        )
      : situation.sound;
const meanOf = (_: number, { sound }: CallSituation) => sound.values.reduce((sum, value) => sum + value, 0);
/** What a single coin decides, which two calls often share. */
const byCoin = (_: Images, { training }: Arguments, { sound, random }: CallSituation) =>
  training && random() < 0.05 ? changed(sound, (value) => value + 1) : sound;
const randomly = (_: number, { random }: CallSituation) => random();

testCheck(hasEffect, {
  model: drawing(1),
  passes: [
    { name: 'a batch norm', spec: specOf('batch-norm'), changes, call: inTraining(meanOf) },
    { name: 'dropout', spec: specOf('dropout'), call: inTraining(randomly) },
    { name: 'a coin for the whole batch', spec: specOf('augmentation'), call: byCoin },
    { name: 'such a coin, as something else', spec: specOf('other'), call: byCoin },
    {
      name: 'dropout and augmentation',
      model: drawing(2),
      spec: specOf('dropout', 'augmentation'),
      call: inTraining(randomly),
    },
    { name: 'something else', spec: specOf('other'), call: inTraining(() => 1) },
    { name: 'nothing, as the spec says', spec: specOf(), summary: /training changes nothing/ },
  ],
  fails: [
    {
      name: 'a flag that is ignored',
      spec: specOf('other'),
      finding: { where: 'training=True, other', actual: /^the same values, at 8×8/ },
    },
    {
      name: 'a mean of the batch that only random numbers seem to be',
      model: drawing(1, { ofBatch: false }),
      spec: specOf('batch-norm', 'dropout'),
      call: inTraining(randomly),
      changes,
      finding: { where: 'training=True, batch-norm', actual: /^rows that depend on their own image alone/ },
    },
    {
      name: 'averages that never move',
      spec: specOf('batch-norm'),
      call: inTraining(meanOf),
      finding: { actual: /^no variable changed/ },
    },
    {
      name: 'a normalization by the averages',
      spec: specOf('batch-norm'),
      changes,
      finding: { actual: /^rows that depend on their own image alone/ },
    },
    {
      name: 'dropout that was lost',
      spec: specOf('batch-norm', 'dropout'),
      changes,
      call: inTraining(meanOf),
      finding: { expected: 'two training calls that differ' },
    },
    {
      name: 'one of two random effects',
      spec: specOf('dropout', 'augmentation'),
      call: inTraining(randomly),
      finding: { actual: /^1 operation that draws/ },
    },
    {
      name: 'an effect that the spec denies',
      spec: specOf(),
      call: inTraining(meanOf),
      finding: { where: 'training=True, output' },
    },
    {
      name: 'a state that the spec denies',
      spec: specOf(),
      changes,
      finding: { where: 'training=True, variables' },
    },
  ],
  skips: [
    { name: 'no training argument', spec: {}, reason: /declares no training argument/ },
    {
      name: 'no word on effects',
      spec: { fine_tuning: { training_argument: true } },
      reason: /does not say/,
    },
  ],
});
