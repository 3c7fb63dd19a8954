import { expect, test } from 'vitest';
import { type Compared, looser, measured } from './tolerance.js';

const compared = (tolerance: number, difference: number): Compared => ({
  tolerance: measured(tolerance, ''),
  difference,
  scale: 10 * tolerance,
});

test('the looser comparison is told, and the largest difference of both', () => {
  const [wide, far, none] = [compared(2, 0), compared(1, 0.5), compared(3, 0.25)];
  const both = looser(looser(wide, far), none);
  expect(both).toMatchObject({ tolerance: { absolute: 3 }, difference: 0.25 });
  expect(both?.largest).toEqual({ difference: 0.5, scale: 10 });
  expect(looser(undefined, far)).toBe(far);
});
