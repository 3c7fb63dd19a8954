import { expect, test } from 'vitest';
import { oddsText, probabilityByChance } from './odds.js';
import type { ExampleResult } from './try-examples.js';

test.each([
  ['all of one class, which a model may always give', [3, 3, 3], 10, 9, 0.9],
  ['three different ones of a thousand', [3, 4, 5], 1000, 1, 1e-9],
  ['nine of three classes: 1,680 ways to tell them apart', [0, 1, 2, 0, 1, 2, 0, 1, 2], 3, 1, 1 / 1680],
  ['more guesses than chances', [0, 1], 2, 9, 1],
])('%s', (_, classes, outputSize, guesses, chance) => {
  expect(probabilityByChance(examples(...classes), outputSize, guesses)).toBeCloseTo(chance, 12);
});

test('odds in words', () => {
  expect([0, 0.001, 0.2, 0.9].map(oddsText)).toEqual([
    'By chance, that happens less than once in a million times.',
    'By chance, that happens once in 1,000 times.',
    'By chance, that happens once in 5 times: add examples of each class to be sure.',
    'With so few examples, chance gives the same result half of the time: add some of each class.',
  ]);
});

function examples(...classes: readonly number[]): readonly Pick<ExampleResult, 'answer'>[] {
  return classes.map((index) => ({ answer: { kind: 'class', indices: [index] } }));
}
