import { describe, expect, test } from 'vitest';
import { intervalOf } from '../../../harness/check/rate.js';
import { dropsIn } from './drops.js';
import { unitsOf } from './recurring.js';
import { type Chance, feature, simulated } from './simulated.test.support.js';

const drops = (value: (chance: Chance) => number, units = 64, draws = 40, seed = 3) => {
  const made = simulated({ units, draws, seed }, value);
  return dropsIn(made, unitsOf(made));
};

describe('drops', () => {
  test.each([0.5, 0.2, 0.05, 0.01])('at a rate of %d are counted at about that rate', (rate) => {
    const seen = drops(({ row, unit, of }) => (of(1) < rate ? 0 : feature(row, unit)));
    const [low, high] = intervalOf(seen.hits, seen.trials);
    expect([low * 0.9 < rate, rate < high * 1.1]).toEqual([true, true]);
    expect(seen).toMatchObject({ independent: true, sameForAllImages: true, value: 0 });
  });

  test('shared by the rows of a batch are apart as well', () => {
    const seen = drops(({ row, unit, of }) => (of(1, { row: 0 }) < 0.1 ? 0 : feature(row, unit)));
    expect(seen).toMatchObject({ independent: true, sameForAllImages: true });
  });

  test('to a bias have no one value', () => {
    const seen = drops(({ row, unit, of }) => (of(1) < 0.1 ? unit : unit + feature(row, unit)));
    expect(seen).toMatchObject({ value: undefined, unitsHit: 64 });
  });
});

test('whole rows are distinguished from units that are hit independently, two units as well as many', () => {
  for (const units of [2, 5, 64]) {
    const rows = drops(({ row, unit, of }) => (of(1, { unit: 0 }) < 0.1 ? unit : feature(row, unit)), units);
    expect(rows.hits).toBeGreaterThan(0);
    expect(rows.independent).toBe(false);
  }
});

test('one unit alone looks like a row', () => {
  expect(drops(({ row, unit, of }) => (of(1) < 0.1 ? 0 : feature(row, unit)), 1).independent).toBe(false);
});

test("an activation's limit hits some images more than others", () => {
  const seen = drops(({ row, unit, of }) => (of(1) < row / 40 ? 0 : feature(row, unit)));
  expect(seen.sameForAllImages).toBe(false);
});

test('a limit near the other values is not judged', () => {
  const seen = drops(({ row, unit, of }) => Math.max(0, 4 * of(1) - feature(row, unit)));
  expect(seen.trials).toBe(0);
});
