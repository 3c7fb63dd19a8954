import { choose } from './binomial.js';
import { type Draws, valueAt } from './draws.js';

/** Values that are expected to recur by chance, in all units together, at most. */
const maxExpected = 1e-3;

/** How far apart two values are that are nearly equal, in steps of float32 at the size of the unit's largest value. */
const nearSteps = 1024;

/** What the values of one unit have in common. */
type Coincidences = {
  /** Values that the unit takes for two images or more, and for how many. */
  readonly repeated: readonly Repeated[];
  /** Different values of each image, all together. */
  readonly values: number;
  /** Probability that two of them, of different images, are equal by chance. */
  readonly equal: number;
};

export type Repeated = { readonly value: number; readonly rows: number };

/**
 * The values of one unit, and how often two of them would be equal by chance: as often as they differ by any other small
 * number of steps, for which their distances from each other are the sample.
 */
export function coincidencesIn(draws: Draws, unit: number): Coincidences {
  const rows = Array.from({ length: draws.rows }, (_, row) => valuesOf(draws, row, unit));
  const width = nearSteps * stepOf(rows);
  const rowsByValue = new Map<number, number>();
  const byBin = new Map<number, number>();
  let sameRow = 0;
  for (const values of rows) {
    const ownByBin = new Map<number, number>();
    for (const value of values.keys()) {
      increment(rowsByValue, value);
      increment(byBin, Math.floor(value / width));
      increment(ownByBin, Math.floor(value / width));
    }
    sameRow += pairsIn(ownByBin);
  }
  const values = rows.reduce((total, { size }) => total + size, 0);
  const near = pairsIn(byBin) - sameRow - pairsIn(rowsByValue);
  const repeated = [...rowsByValue].flatMap(([value, rows]) => (rows > 1 ? [{ value, rows }] : []));
  return { repeated, values, equal: near / nearSteps / Math.max(1, choose(2, values)) };
}

/**
 * For how many images a unit must take one value so that chance does not explain it: two, unless values recur and are
 * expected to; then more than chance makes them recur for.
 */
export function minRowsOf(units: readonly Coincidences[]): number {
  const expectedIn = (rows: number) =>
    units.reduce((total, { values, equal }) => total + choose(rows, values) * equal ** (rows - 1), 0);
  const recurs = (minRows: number) =>
    units.some(({ repeated }) => repeated.some(({ rows }) => rows >= minRows));
  let minRows = 2;
  while (recurs(minRows) && expectedIn(minRows) > maxExpected) minRows += 1;
  return minRows;
}

/** The values of a unit of one row, and in how many draws it has each. */
export function valuesOf(draws: Draws, row: number, unit: number): ReadonlyMap<number, number> {
  const values = new Map<number, number>();
  for (let draw = 0; draw < draws.values.length; draw++) increment(values, valueAt(draws, draw, row, unit));
  return values;
}

/** The distance of neighbouring float32 numbers at the largest of some values. */
function stepOf(rows: readonly ReadonlyMap<number, number>[]): number {
  let largest = 0;
  for (const values of rows) for (const value of values.keys()) largest = Math.max(largest, Math.abs(value));
  return largest === 0 ? 1 : 2 ** (Math.floor(Math.log2(largest)) - 23);
}

function increment(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Pairs that share a key. */
function pairsIn(counts: ReadonlyMap<number, number>): number {
  let pairs = 0;
  for (const count of counts.values()) pairs += choose(2, count);
  return pairs;
}
