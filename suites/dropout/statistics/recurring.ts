import { coincidencesIn, minRowsOf, type Repeated, valuesOf } from './coincidences.js';
import { type Draws, valueAt } from './draws.js';

/** One unit over all rows and draws. */
export type Unit = {
  /** The value that it takes for several images, again and again; undefined when none recurs. */
  readonly recurring: number | undefined;
  /** For how many images, at least: fewer have a value in common by chance. */
  readonly minRows: number;
  /** Its other values lie on both sides of that one, which then is not the limit of an activation. */
  readonly interior: boolean;
  /** Several values recur, as they do when outputs are rounded: inconclusive. */
  readonly ambiguous: boolean;
};

/**
 * Analyses each unit. A value that recurs in most units with a recurring value counts for all. `leastRows`: how many images
 * must share a value; as many as chance does not explain, unless given.
 */
export function unitsOf(draws: Draws, leastRows?: number): Unit[] {
  const all = Array.from({ length: draws.units }, (_, unit) => coincidencesIn(draws, unit));
  const minRows = leastRows ?? minRowsOf(all);
  const units = all.map(({ repeated }, unit) => {
    const several = repeated.filter(({ rows }) => rows >= minRows);
    return { ...unitIn(draws, unit, several), minRows };
  });
  const shared = majority(units.flatMap(({ recurring }) => (recurring === undefined ? [] : [recurring])));
  return units.map((unit, at) =>
    unit.recurring === undefined && shared !== undefined && occurs(draws, at, shared)
      ? { ...unit, recurring: shared, interior: isInterior(draws, at, shared) }
      : unit,
  );
}

/** How often a unit of one row takes a value among some draws: 0 … all of them. */
export function hitsOf(draws: Draws, row: number, unit: number, value: number): number {
  let hits = 0;
  for (let draw = 0; draw < draws.values.length; draw++)
    if (valueAt(draws, draw, row, unit) === value) hits += 1;
  return hits;
}

function unitIn(draws: Draws, unit: number, several: readonly Repeated[]): Omit<Unit, 'minRows'> {
  const flickers = several.length > 0 ? recurrencesIn(draws, unit) : undefined;
  const candidates = several.map(({ value }) => ({ value, flickers: flickers?.get(value) ?? 0 }));
  const [first, second] = candidates.sort((a, b) => b.flickers - a.flickers);
  if (first === undefined) return { recurring: undefined, interior: false, ambiguous: false };
  return {
    recurring: first.value,
    interior: isInterior(draws, unit, first.value),
    ambiguous: second !== undefined && second.flickers > first.flickers / 10,
  };
}

/** How often each value occurs in rows that do not always have it: all in one pass, as there may be thousands. */
function recurrencesIn(draws: Draws, unit: number): ReadonlyMap<number, number> {
  const flickers = new Map<number, number>();
  for (let row = 0; row < draws.rows; row++) {
    for (const [value, hits] of valuesOf(draws, row, unit))
      if (hits < draws.values.length) flickers.set(value, (flickers.get(value) ?? 0) + hits);
  }
  return flickers;
}

function isInterior(draws: Draws, unit: number, value: number): boolean {
  let [below, above] = [0, 0];
  for (let draw = 0; draw < draws.values.length; draw++) {
    for (let row = 0; row < draws.rows; row++) {
      const other = valueAt(draws, draw, row, unit);
      if (other < value) below += 1;
      if (other > value) above += 1;
    }
  }
  return Math.min(below, above) >= Math.max(5, (below + above) / 20);
}

function occurs(draws: Draws, unit: number, value: number): boolean {
  return Array.from({ length: draws.rows }, (_, row) => hitsOf(draws, row, unit, value)).some(
    (hits) => hits > 0,
  );
}

/** The value of more than half of them; undefined when there is none. */
function majority(values: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].find(([, count]) => count > values.length / 2)?.[0];
}
