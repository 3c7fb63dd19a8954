import type { Finding } from '../verdict/run.js';
import { distinctTexts } from './compare.js';

/** Units that a finding shows, at most. */
const most = 5;

/** The units in which two rows differ most, the first the most; their values as far as it takes to tell them apart. */
export function unitsApart([one, other]: readonly [Float32Array, Float32Array]): NonNullable<
  Finding['units']
> {
  return [...one.keys()]
    .filter((unit) => !Object.is(one[unit], other[unit]))
    .sort((first, second) => apart(second) - apart(first))
    .slice(0, most)
    .map((unit) => {
      const [first, second] = distinctTexts(one[unit], other[unit]);
      return { unit, one: first, other: second };
    });

  /** What is or becomes NaN is farther apart than anything. */
  function apart(unit: number): number {
    const by = Math.abs((one[unit] ?? Number.NaN) - (other[unit] ?? Number.NaN));
    return Number.isNaN(by) ? Number.MAX_VALUE : Math.min(by, Number.MAX_VALUE);
  }
}
