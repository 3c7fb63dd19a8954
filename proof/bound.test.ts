import { expect, test } from 'vitest';
import { bound } from '../harness/run/tried-case.js';
import { rateBelow } from './bound.js';

test('none seen: just under 3/n, as each property reports it', () => {
  for (const runs of [20, 380, 10_000]) {
    expect(rateBelow(0, runs)).toBeLessThan(3 / runs);
    expect(Number(rateBelow(0, runs).toPrecision(3))).toBe(bound(runs));
  }
});

/** Values from scipy: `beta.ppf(0.95, seen + 1, runs - seen)`. */
test.each([
  [1, 20, 0.216106],
  [2, 20, 0.282619],
  [5, 100, 0.102253],
  [10, 10, 1],
  [0, 0, 1],
])('%i of %i', (seen, runs, rate) => {
  expect(rateBelow(seen, runs)).toBeCloseTo(rate, 5);
});
