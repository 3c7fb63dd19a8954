import { describe, expect, test } from 'vitest';
import { boundedScores, mayBeBounded } from './bounded-scores.js';
import { logits, relu, row, softmax, unit } from './rows.test.support.js';

type Rows = readonly Float32Array[];
type Squash = (scores: Float32Array) => Float32Array;

/** Logits as they are, and with weights that are perturbed far. */
const small = logits(6, -2, 2);
const large = logits(6, -900, 900);

const sigmoids: Squash = (scores) => scores.map((x) => 1 / (1 + Math.exp(-x)));
const lengths: Squash = (scores) => scores.map((x) => x ** 2 / (1 + x ** 2));
const allButFirst =
  (squash: Squash): Squash =>
  (scores) =>
    squash(scores).slice(1);
const logarithms =
  (squash: Squash): Squash =>
  (scores) =>
    squash(scores).map((x) => Math.log(x + 1e-30));

describe('whatever the weights, scores are bounded as', () => {
  test.each<readonly [string, Squash, string]>([
    ['probabilities, by sigmoids', sigmoids, 'probabilities'],
    ['probabilities, by lengths of capsules', lengths, 'probabilities'],
    ['probabilities, by softmax', allButFirst(softmax), 'probabilities'],
    ['probabilities, by squares', allButFirst((x) => unit(x).map((y) => y ** 2)), 'probabilities'],
    ['probabilities in whole 255ths', (x) => sigmoids(x.map((y) => 9 * y)).map(inBytes), 'probabilities'],
    ['shares in whole 255ths', allButFirst((x) => softmax(x).map(inBytes)), 'probabilities'],
    ['percentages', (x) => lengths(x).map((y) => 100 * y), 'probabilities, scaled'],
    ['signed', (x) => lengths(x).map((y) => 2 * y - 1), 'probabilities, shifted or scaled'],
    ['negated', (x) => lengths(x).map((y) => -y), 'probabilities, negated'],
    ['logarithms', logarithms(allButFirst(softmax)), 'logarithms of probabilities'],
    [
      'negative logarithms',
      (x) => logarithms(allButFirst(softmax))(x).map((y) => -y),
      'negative logarithms of probabilities',
    ],
  ])('%s', (_, squash, what) => {
    expect(mayBeBounded(small.map(squash))).toBe(true);
    expect(boundedScores(small.map(squash), large.map(squash))).toMatchObject({ what });
  });
});

describe('scores are left alone that', () => {
  const within = logits(6, 0.1, 0.9);
  test.each<readonly [string, Rows, Rows]>([
    ['leave the range', within, large],
    ['are positive', within, large.map(relu)],
    ['are capped at 6', within, large.map((x) => relu(x).map((y) => Math.min(6, y)))],
    ['are softly capped', within, large.map((x) => x.map((y) => 30 * Math.tanh(y / 30)))],
    ['are positive and smooth', small.map(softplus), large.map(softplus)],
    ['are taken from the greatest', small.map(fromGreatest), large.map(fromGreatest)],
    ['are negative after a ReLU', small.map(negatedRelu), large.map(negatedRelu)],
    ['are negative distances', small.map(negatedSquare), large.map(negatedSquare)],
    ['are cosines', small.map(unit), large.map(unit)],
    ['are cosines of one sign', small.map(positiveUnit), large.map(positiveUnit)],
    ['do not change', within, logits(6, 0.1, 0.2)],
    [
      'mostly overflow',
      within,
      [...large.map(sigmoids), ...large.flatMap(() => [row([Number.NaN]), row([Infinity])])],
    ],
    ['were hardly seen', within, large.map(sigmoids).slice(0, 9)],
    ['could not be seen', within, []],
  ])('%s', (_, rows, perturbed) => {
    expect(boundedScores(rows, perturbed)).toBeUndefined();
  });
});

test('scores that leave every scale of probabilities as they are need no other weights', () => {
  expect(mayBeBounded(small)).toBe(false);
});

function inBytes(share: number): number {
  return Math.floor(255 * share) / 255;
}

function softplus(scores: Float32Array): Float32Array {
  return scores.map((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));
}

function fromGreatest(scores: Float32Array): Float32Array {
  return scores.map((x) => x - Math.max(...scores));
}

function negatedRelu(scores: Float32Array): Float32Array {
  return relu(scores).map((x) => -x);
}

function negatedSquare(scores: Float32Array): Float32Array {
  return scores.map((x) => -(x ** 2));
}

function positiveUnit(scores: Float32Array): Float32Array {
  return unit(scores).map(Math.abs);
}
