import { describe, expect, test } from 'vitest';
import type { Ending } from '../../harness/graph/scores/ending.js';
import { nonlinear } from './scores.js';

type Rows = readonly Float32Array[];

const images = 40;
const dense = ending('AddV2');
const unread: Ending = { last: new Set(), elementwise: new Set(), unknown: true };

describe('linear scores are left alone', () => {
  test.each<readonly [string, Rows, Ending]>([
    ['logits', logits(6, -3, 3), dense],
    ['logits that are all positive', logits(6, 2, 9), dense],
    ['logits that all lie in [0, 1]', logits(6, 0.2, 0.7), dense],
    ['logits that all lie in [0, 1], through a division', logits(6, 0.2, 0.7), ending('RealDiv', 'BiasAdd')],
    ['logits that all lie in [0, 1], after ReLU', logits(6, -0.3, 0.7).map(relu), ending('Relu')],
    ['logits that are negative throughout', logits(6, -9, -1), dense],
    ['positive scores of unit length', logits(6, 0.1, 1).map(unit), ending('Mul', 'Rsqrt', 'Maximum')],
    ['one class', logits(1, -3, 3), dense],
    ['one class, always 1', Array.from({ length: images }, () => Float32Array.of(1)), dense],
    ['two classes, each the negative of the other', logits(1, -3, 3).map(([x = 0]) => row([x, -x])), dense],
    [
      'two classes that sum to 1 in some rows',
      logits(1, -1, 1).map(([x = 0]) => row([0.5, 0.5 + x / 9])),
      dense,
    ],
    ['rows that hardly move and nearly sum to 1', logits(2, 0.49995, 0.50005), dense],
    ['rows that do not move', Array.from({ length: images }, () => row([0.25, 0.75])), dense],
    [
      'capped logits',
      logits(6, -40, 40).map((scores) => scores.map((x) => 30 * Math.tanh(x / 30))),
      ending('Mul', 'Tanh'),
    ],
    ['logits with a learned scale', logits(6, 1, 9), ending('Mul', 'Exp')],
    [
      'a graph that cannot be read, with a score of 0',
      [...logits(6, 0.2, 0.7), row([0, 0, 0, 0, 0, 0])],
      unread,
    ],
    ['a graph that cannot be read, with few rows', logits(6, 0.2, 0.7).slice(0, 9), unread],
  ])('%s', (_, rows, end) => {
    expect(nonlinear(rows, end)).toBeUndefined();
  });
});

describe('by the graph', () => {
  test.each([
    ['Softmax', 'probabilities (softmax)'],
    ['LogSoftmax', 'logarithms of probabilities (log-softmax)'],
    ['Sigmoid', 'probabilities (sigmoid)'],
  ])('%s', (op, what) => {
    const end = { last: new Set([op]), elementwise: new Set([op]), unknown: false };
    expect(nonlinear(logits(6, -3, 3), end)).toMatchObject({ what });
  });
});

describe('by the values, with no evidence in the graph', () => {
  test.each<readonly [string, Rows, string]>([
    ['softmax', logits(6, -3, 3).map(softmax), 'probabilities (softmax)'],
    ['softmax of two classes', logits(2, -3, 3).map(softmax), 'probabilities (softmax)'],
    ['softmax of 21,843 classes', logits(21843, -9, 9).map(softmax), 'probabilities (softmax)'],
    ['softmax that saturates', logits(6, -300, 300).map(softmax), 'probabilities (softmax)'],
    ['softmax twice', logits(6, -3, 3).map(softmax).map(softmax), 'probabilities (softmax)'],
    [
      'softmax with temperature',
      logits(6, -3, 3).map((x) => softmax(x.map((y) => y / 50))),
      'probabilities (softmax)',
    ],
    [
      'log-softmax',
      logits(6, -3, 3)
        .map(softmax)
        .map((x) => x.map(Math.log)),
      'logarithms of probabilities (log-softmax)',
    ],
    [
      'log-softmax with minus infinity',
      logits(6, -300, 300)
        .map(softmax)
        .map((x) => x.map(Math.log)),
      'logarithms of probabilities (log-softmax)',
    ],
  ])('%s', (_, rows, what) => {
    expect(nonlinear(rows, dense)).toMatchObject({ what });
  });
});

describe('by both', () => {
  const sigmoids = logits(6, -3, 3).map((scores) => scores.map((x) => 1 / (1 + Math.exp(-x))));

  test.each<readonly [string, Rows, Ending, string]>([
    [
      'sigmoid by hand',
      sigmoids,
      ending('Reciprocal', 'AddV2', 'Exp', 'Neg'),
      'every score lies in [0, 1], and they go through Exp',
    ],
    [
      'sigmoid by tanh',
      sigmoids,
      ending('AddV2', 'Mul', 'Tanh'),
      'every score lies in [0, 1], and they go through Tanh',
    ],
    [
      'log-sigmoid',
      sigmoids.map((x) => x.map(Math.log)),
      ending('Neg', 'Softplus'),
      'no score is above 0, and the graph takes the logarithm of a sigmoid',
    ],
    [
      'sigmoid in a graph that cannot be read',
      sigmoids,
      unread,
      `all scores of ${images} images lie between 0 and 1`,
    ],
  ])('%s', (_, rows, end, because) => {
    expect(nonlinear(rows, end)).toMatchObject({ because });
  });
});

test('rows with NaN do not hide the others', () => {
  const rows = [row([Number.NaN, 1]), ...logits(2, -3, 3).map(softmax)];
  expect(nonlinear(rows, dense)).toMatchObject({ what: 'probabilities (softmax)' });
});

function ending(...ops: readonly string[]): Ending {
  return { last: new Set(ops.slice(0, 1)), elementwise: new Set(ops), unknown: false };
}

/** Rows of numbers between two, the same each time. */
function logits(classes: number, min: number, max: number): Float32Array[] {
  let state = 1;
  const next = () => {
    state = (state * 48271) % 2147483647;
    return min + ((max - min) * state) / 2147483647;
  };
  return Array.from({ length: images }, () => Float32Array.from({ length: classes }, next));
}

function row(values: readonly number[]): Float32Array {
  return Float32Array.from(values);
}

function relu(scores: Float32Array): Float32Array {
  return scores.map((score) => Math.max(0, score));
}

function unit(scores: Float32Array): Float32Array {
  const length = Math.hypot(...scores);
  return scores.map((score) => score / length);
}

function softmax(scores: Float32Array): Float32Array {
  const most = scores.reduce((a, b) => Math.max(a, b));
  const exponentials = scores.map((score) => Math.exp(score - most));
  const sum = exponentials.reduce((a, b) => a + b);
  return exponentials.map((value) => value / sum);
}
