import { expect, test } from 'vitest';
import { bound } from './tried.js';

test('no failure in n cases leaves a failure rate just under 3/n at 95 %', () => {
  for (const cases of [10, 100, 1000]) {
    expect(bound(cases)).toBeLessThan(3 / cases);
    expect((1 - bound(cases)) ** cases).toBeCloseTo(0.05, 3);
  }
});
