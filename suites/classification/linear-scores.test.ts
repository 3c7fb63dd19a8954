import { tensor } from '../../harness/engine/testing/tensors.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { linearOperations } from '../../harness/savedmodel/testing/fake-function.js';
import { operation } from '../../harness/savedmodel/testing/fake-graph.js';
import { linearScores } from './linear-scores.js';

/** A model that ends in these operations after its logits. */
const ending = (...ops: readonly string[]) => ({
  concreteFunctions: [
    {
      operations: [
        ...linearOperations(),
        ...ops.map((op, at) =>
          operation(`end_${at}`, op, [at === 0 ? 'logits:output:0' : `end_${at - 1}:y:0`]),
        ),
      ],
    },
  ],
});

testCheck(linearScores, {
  spec: { api: 'image-classification', num_classes: 4, activation: 'softmax' },
  passes: [
    { name: 'logits', summary: /^\d+ rows of linear scores, from -?[\d.]+ to -?[\d.]+$/ },
    { name: 'a bound that the scores do not keep', model: ending('Sigmoid') },
    {
      name: 'positive scores that take either sign once the weights are perturbed',
      model: ending('XlaCallModule'),
      call: ({ count }, _args, { steps }) =>
        tensor([count, 4], (at) => (at % 7) + 1 - (steps.size > 0 ? 5 : 0)),
      summary: /they take either sign once the weights are perturbed far/,
    },
    {
      name: 'scores of both signs in a graph that hides how they are computed',
      model: ending('XlaCallModule'),
      call: ({ count }) => tensor([count, 4], (at) => (at % 7) - 3),
      summary: /by their values alone: XlaCallModule hides/,
    },
  ],
  fails: [
    {
      name: 'softmax in training only',
      spec: {
        api: 'image-classification',
        num_classes: 4,
        fine_tuning: { trainable_variables: true, training_argument: true, regularization_losses: 'any' },
      },
      call: ({ count }, { training }, { sound }) =>
        training ? tensor([count, 4], (at) => (at % 8 < 4 ? 1 + (at % 4) : 4 - (at % 4)) / 10) : sound,
      finding: { where: 'scores, with training=True', arguments: { training: true }, actual: /sums to 1/ },
    },
    {
      name: 'log-softmax where a hyperparameter asks for it',
      spec: {
        api: 'image-classification',
        hyperparameters: { calibrated: { type: 'bool', default: false, affects: 'inference' } },
      },
      call: ({ count }, { calibrated }, { sound }) =>
        calibrated
          ? tensor([count, 4], (at) => Math.log((at % 8 < 4 ? 1 + (at % 4) : 4 - (at % 4)) / 10))
          : sound,
      finding: { where: 'scores, with calibrated=True', arguments: { calibrated: true } },
    },
    {
      name: 'a sigmoid, then a root',
      model: ending('Sigmoid', 'Sqrt'),
      call: ({ count }) => tensor([count, 4], (at) => (1 + (at % 7)) / 9),
      finding: {
        where: 'scores',
        expected: 'linear scores (logits)',
        actual:
          /^probabilities: Sigmoid \(end_0\) bounds each class score to \[0, 1\], then Sqrt; the scores of \d+ images lie from/,
        remedy: /^Remove the softmax or sigmoid/,
      },
    },
    {
      name: 'rows that sum to 1, whatever the graph says',
      call: ({ count }) => tensor([count, 4], (at) => (at % 8 < 4 ? 1 + (at % 4) : 4 - (at % 4)) / 10),
      finding: { actual: /sums to 1/ },
    },
  ],
  undecided: [
    {
      name: 'positive scores in a graph that hides how they are computed',
      model: ending('XlaCallModule'),
      call: ({ count }) => tensor([count, 4], (at) => 1 + (at % 7)),
      reason: /could not be decided: XlaCallModule hides/,
    },
    {
      name: 'rows of NaN',
      call: ({ count }) => tensor([count, 4], () => Number.NaN),
      reason: 'Every row holds NaN.',
    },
  ],
  skips: [
    {
      name: 'feature vectors',
      spec: { api: 'image-feature-vector', num_features: 4 },
      reason: 'The model is not a classifier.',
    },
  ],
});
