import { describe, expect, test } from 'vitest';
import { logits, relu, row, softmax, unit } from './rows.test.support.js';
import { conservedSum } from './sums.js';

type Rows = readonly Float32Array[];

const images = 40;

describe('linear scores are left alone', () => {
  test.each<readonly [string, Rows]>([
    ['logits', logits(6, -3, 3)],
    ['logits that are all positive', logits(6, 2, 9)],
    ['logits that all lie in [0, 1]', logits(6, 0.2, 0.7)],
    ['logits that all lie in [0, 1], after ReLU', logits(6, -0.3, 0.7).map(relu)],
    ['logits that are negative throughout', logits(6, -9, -1)],
    ['positive scores of unit length', logits(6, 0.1, 1).map(unit)],
    ['one class', logits(1, -3, 3)],
    ['one class, always 1', Array.from({ length: images }, () => Float32Array.of(1))],
    ['two classes, each the negative of the other', logits(1, -3, 3).map(([x = 0]) => row([x, -x]))],
    ['two classes that sum to 1 in some rows', logits(1, -1, 1).map(([x = 0]) => row([0.5, 0.5 + x / 9]))],
    ['rows that hardly move and nearly sum to 1', logits(2, 0.49995, 0.50005)],
    ['rows that do not move', Array.from({ length: images }, () => row([0.25, 0.75]))],
  ])('%s', (_, rows) => {
    expect(conservedSum(rows)).toBeUndefined();
  });
});

describe('sums that never change tell', () => {
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
    expect(conservedSum(rows)).toMatchObject({ what });
  });
});
