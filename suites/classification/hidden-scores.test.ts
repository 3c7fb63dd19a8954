import { describe, expect, test } from 'vitest';
import { judgedByValues } from './hidden-scores.js';
import { logits } from './rows.test.support.js';

const sigmoids = (classes: number, far: number) =>
  logits(classes, -far, far).map((scores) => scores.map((x) => 1 / (1 + Math.exp(-x))));

describe('scores that an operation hides are', () => {
  test.each([
    ['linear, having both signs', logits(6, -3, 3), [], 'by-values'],
    ['linear, taking either sign with other weights', logits(6, 0.1, 0.9), logits(6, -90, 90), 'by-values'],
    [
      'linear, though some rows overflow',
      logits(6, -9, -1),
      [...logits(6, -90, 90), Float32Array.of(Number.NaN)],
      'by-values',
    ],
    ['probabilities, whatever the weights', sigmoids(6, 3), sigmoids(6, 300), 'nonlinear'],
    ['probabilities, with many classes', sigmoids(12, 3), [], 'nonlinear'],
    ['undecided with few classes', sigmoids(6, 3), [], 'undecided'],
    ['undecided where the weights change nothing', sigmoids(6, 3), sigmoids(6, 3).slice(0, 1), 'undecided'],
    ['undecided with few rows', sigmoids(12, 3).slice(0, 9), [], 'undecided'],
    ['undecided where all are negative', logits(12, -9, -1), logits(12, -99, -1), 'undecided'],
    ['undecided where only rounding is positive', logits(12, -9, -1), logits(12, -9000, 0.5), 'undecided'],
    ['undecided where they stay within 1', logits(12, -0.5, 0.9), [], 'undecided'],
  ])('%s', (_, rows, perturbed, kind) => {
    expect(judgedByValues(rows, 'XlaCallModule', perturbed).kind).toBe(kind);
  });

  test('told of with the odds', () => {
    expect(judgedByValues(sigmoids(12, 3), 'XlaCallModule')).toMatchObject({
      because: expect.stringContaining('1 in 4096'),
    });
  });
});
