import { expect, test } from 'vitest';
import { boundsOf, missProbability } from './kept.js';
import { unitsOf } from './recurring.js';
import { feature, simulated } from './simulated.test.support.js';

const bounds = (draws: ReturnType<typeof simulated>) => boundsOf(draws, unitsOf(draws));

test('where nothing moves, one drop anywhere would have shown', () => {
  const deterministic = bounds(
    simulated({ units: 10, draws: 20, seed: 1 }, ({ row, unit }) => feature(row, unit)),
  );
  expect(deterministic).toMatchObject({ deterministic: true, pairs: 160, units: 10 });
  expect((1 - (deterministic?.missed ?? 0)) ** (20 * 160)).toBeCloseTo(missProbability, 9);
  expect((1 - (deterministic?.missedShared ?? 0)) ** (20 * 10)).toBeCloseTo(missProbability, 9);
});

test('where all moves, the second half of the draws is watched for a value in two rows', () => {
  const moving = bounds(
    simulated({ rows: 2, units: 1, draws: 40, seed: 1 }, ({ row, unit, of }) => feature(row, unit) + of(1)),
  );
  expect(moving).toMatchObject({ deterministic: false, pairs: 2, units: 1 });
  const spared = (1 - (moving?.missed ?? 0)) ** 20;
  expect(spared ** 2 + 2 * (1 - spared) * spared).toBeCloseTo(missProbability, 9);
});

test('a unit that stands at its recurring value cannot be watched', () => {
  const half = bounds(
    simulated({ units: 10, draws: 20, seed: 1 }, ({ row, unit }) => (unit < 5 ? 0 : feature(row, unit))),
  );
  expect(half).toMatchObject({ pairs: 80, units: 5 });
});

test.each([0.5, 0.1, 0.01])('drops at a rate of %d leave no bound', (rate) => {
  for (let seed = 0; seed < 50; seed++) {
    const draws = simulated({ units: 64, draws: 24, seed }, ({ row, unit, of }) =>
      of(1) < rate ? 0 : feature(row, unit),
    );
    expect(bounds(draws)?.missed ?? 1).toBeGreaterThan(rate);
  }
});
