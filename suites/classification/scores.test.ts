import { describe, expect, test } from 'vitest';
import type { ScoreBounds, SquashedScores } from '../../harness/graph/scores/score-bounds.js';
import { operation } from '../../harness/savedmodel/testing/fake-graph.js';
import { logits, relu, row, softmax } from './rows.test.support.js';
import { judged } from './scores.js';

type Rows = readonly Float32Array[];

const free: ScoreBounds = { squashed: [], free: true };
const hidden: ScoreBounds = { squashed: [], free: true, opaque: 'XlaCallModule' };

/** Bounds by an operation, of all scores. */
function bounds(op: string, low: number, high: number, more: Partial<SquashedScores> = {}): ScoreBounds {
  const at = { node: operation('head/last', op), callSite: { id: 0, body: nowhere, argument: () => [] } };
  const cause = { kind: 'squash', operation: at, range: [low, high] } as const;
  const squash: SquashedScores = {
    form: 'probabilities',
    range: [low, high],
    causes: [cause],
    shares: false,
    shownBy: 'always',
    trail: [at],
    ...more,
  };
  return { squashed: [squash], free: false };
}

const nowhere = {
  name: 'f',
  inputs: [],
  outputs: [],
  nodes: [],
  returns: new Map(),
  bytes: new Uint8Array(),
};

describe('linear scores are left alone', () => {
  test.each<readonly [string, Rows, ScoreBounds]>([
    ['bounds that they leave', logits(6, -3, 3), bounds('Sigmoid', 0, 1)],
    ['a narrow cap that none reaches', logits(6, 0.1, 5), bounds('Relu6', 0, 6, { shownBy: 'reached' })],
    [
      'zeros of a ReLU that is also capped',
      logits(6, -2, 5).map(relu),
      bounds('Relu6', 0, 6, { shownBy: 'reached' }),
    ],
    ['a steep cap that none comes near', logits(6, -9, 9), bounds('Tanh', -30, 30, { shownBy: 'saturates' })],
    ['a branch that no image takes', logits(6, -3, 3), { ...bounds('Softmax', 0, 1), free: true }],
  ])('with %s', (_, rows, given) => {
    expect(judged(rows, given)).toEqual({ kind: 'linear' });
  });
});

describe('by the graph, with the scores as witness', () => {
  const sigmoids = logits(6, -3, 3).map((scores) => scores.map((x) => 1 / (1 + Math.exp(-x))));

  test('a sigmoid', () => {
    expect(judged(sigmoids, bounds('Sigmoid', 0, 1))).toEqual({
      kind: 'nonlinear',
      what: 'probabilities',
      because: expect.stringMatching(
        /^Sigmoid \(head\/last\) bounds each class score to \[0, 1\]; the scores of 40 images lie from 0\.0\S+ to 0\.9\S+$/,
      ),
    });
  });

  test.each<readonly [string, Rows, ScoreBounds, string]>([
    [
      'percentages',
      sigmoids.map((x) => x.map((p) => 100 * p)),
      bounds('Sigmoid', 0, 100),
      'probabilities, scaled to [0, 100]',
    ],
    [
      'logarithms',
      sigmoids.map((x) => x.map(Math.log)),
      bounds('Softplus', Number.NEGATIVE_INFINITY, 0, { form: 'logarithms' }),
      'logarithms of probabilities',
    ],
    [
      'one column of logits among them',
      sigmoids.map((x) => x.map((p, at) => (at === 3 ? 9 * p - 4 : p))),
      { ...bounds('Sigmoid', 0, 1), free: true },
      'probabilities',
    ],
    [
      'one branch of two',
      [...sigmoids, ...logits(6, -3, 3)],
      { ...bounds('Sigmoid', 0, 1), free: true },
      'probabilities',
    ],
    [
      'a cap that is reached',
      [row([0, 6]), row([2, 3])],
      bounds('Relu6', 0, 6, { shownBy: 'reached' }),
      'probabilities, scaled to [0, 6]',
    ],
    [
      'a steep cap that saturates',
      [row([-29.9, 6]), row([2, 3])],
      bounds('Tanh', -30, 30, { shownBy: 'saturates', form: 'squashed' }),
      'squashed scores',
    ],
  ])('%s', (_, rows, given, what) => {
    expect(judged(rows, given)).toMatchObject({ kind: 'nonlinear', what });
  });
});

test('values decide where the graph hides how they are computed', () => {
  expect(judged(logits(6, -3, 3), hidden)).toMatchObject({
    kind: 'by-values',
    because: expect.stringContaining('XlaCallModule hides'),
  });
  expect(judged(logits(6, 1, 9), hidden)).toMatchObject({ kind: 'undecided' });
});

test('rows with NaN do not hide the others', () => {
  const rows = [row([Number.NaN, 1]), ...logits(2, -3, 3).map(softmax)];
  expect(judged(rows, free)).toMatchObject({ what: 'probabilities (softmax)' });
});
