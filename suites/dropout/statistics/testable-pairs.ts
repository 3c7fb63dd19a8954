import { type Draws, valueAt } from './draws.js';
import type { Unit } from './recurring.js';

/** Deviations of its other values between which and the recurring value no activation's limit can lie. */
const minDeviations = 6;

/** Other values below which their spread is not known. */
const minOtherValues = 5;

/** A unit of one row in some draws in which a drop would show. */
export type Pair = {
  readonly row: number;
  readonly unit: number;
  /** Draws in which it has the unit's recurring value. */
  readonly hits: number;
  readonly draws: number;
};

/**
 * The pairs of row and unit in which a drop would show: no value recurs in the unit, or the recurring one cannot come
 * from the limit of an activation, and is not all that there is. `leastOthers`: share of the draws with other values.
 */
export function testablePairs(draws: Draws, units: readonly Unit[], minOtherShare: number): Pair[] {
  const pairs: Pair[] = [];
  for (const [unit, unitValues] of units.entries()) {
    if (unitValues.ambiguous) continue;
    for (let row = 0; row < draws.rows; row++) {
      const hits = testablePair(draws, row, unit, unitValues, minOtherShare);
      if (hits !== undefined) pairs.push({ row, unit, hits, draws: draws.values.length });
    }
  }
  return pairs;
}

/** How often a pair has the recurring value; undefined when a drop would not show. */
function testablePair(
  draws: Draws,
  row: number,
  unit: number,
  { recurring, interior }: Unit,
  minOtherShare: number,
): number | undefined {
  if (recurring === undefined) return 0;
  const { count, mean, deviation } = othersOf(draws, row, unit, recurring);
  if (count < Math.max(minOtherValues, minOtherShare * draws.values.length)) return undefined;
  const far = Math.abs(mean - recurring) > minDeviations * deviation;
  return far || interior ? draws.values.length - count : undefined;
}

function othersOf(draws: Draws, row: number, unit: number, recurring: number) {
  let [count, mean, squares] = [0, 0, 0];
  for (let draw = 0; draw < draws.values.length; draw++) {
    const value = valueAt(draws, draw, row, unit);
    if (value === recurring) continue;
    count += 1;
    const step = value - mean;
    mean += step / count;
    squares += step * (value - mean);
  }
  return { count, mean, deviation: Math.sqrt(squares / count) };
}
