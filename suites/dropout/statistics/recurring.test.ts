import { expect, test } from 'vitest';
import { unitsOf } from './recurring.js';
import { feature, simulated } from './simulated.test.support.js';

const size = { units: 40, draws: 20, seed: 5 };

test('a unit that is dropped returns to one value for different images', () => {
  const draws = simulated(size, ({ row, unit, of }) => (of(1) < 0.2 ? unit / 8 : feature(row, unit)));
  expect(unitsOf(draws).map(({ recurring }) => recurring)).toEqual(
    Array.from({ length: 40 }, (_, unit) => unit / 8),
  );
});

test('a unit that moves without end returns to none, nor does one that stays', () => {
  const moving = simulated(size, ({ row, unit, of }) => feature(row, unit) + of(1));
  const staying = simulated(size, ({ row, unit }) => feature(row, unit));
  for (const draws of [moving, staying])
    expect(unitsOf(draws).every(({ recurring }) => recurring === undefined)).toBe(true);
});

test('values on both sides show that the recurring one is no limit', () => {
  const dropped = (sign: (row: number) => number) =>
    simulated(size, ({ row, unit, of }) => (of(1) < 0.2 ? 0 : sign(row) * feature(row, unit)));
  expect(unitsOf(dropped((row) => (row % 2 ? 1 : -1))).every(({ interior }) => interior)).toBe(true);
  expect(unitsOf(dropped(() => 1)).some(({ interior }) => interior)).toBe(false);
});

test('rounded outputs return to several values and are not judged', () => {
  const draws = simulated(size, ({ row, unit, of }) => Math.round(2 * (feature(row, unit) + 2 * of(1))) / 2);
  expect(unitsOf(draws).every(({ ambiguous }) => ambiguous)).toBe(true);
});

test('the value of most units counts for one that took it once', () => {
  const draws = simulated(size, ({ draw, row, unit, of }) => {
    const once = unit === 7 && (draw !== 3 || row !== 2);
    return !once && of(1) < 0.2 ? 0 : feature(row, unit) * (unit === 7 && draw === 3 && row === 2 ? 0 : 1);
  });
  expect(unitsOf(draws)[7]?.recurring).toBe(0);
});
