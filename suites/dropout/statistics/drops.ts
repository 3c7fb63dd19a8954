import { type Draws, valueAt } from './draws.js';
import type { Unit } from './recurring.js';
import { type Pair, testablePairs } from './testable-pairs.js';

/** Drops, or values that look like them. */
export type Drops = {
  readonly draws: number;
  /** Of each unit; undefined where a drop would show in no row. */
  readonly units: readonly (UnitDrops | undefined)[];
  /** How often a pair of row and unit had its unit's recurring value, in how many draws of pairs. */
  readonly hits: number;
  readonly trials: number;
  /** Times that a unit was hit in a draw, in whichever rows. */
  readonly events: number;
  readonly unitsHit: number;
  /** The value that recurs, where it is the same in all units that are hit. */
  readonly value: number | undefined;
  /** Whether the limit of an activation explains no unit that is hit. */
  readonly interior: boolean;
  /** Whether hits affect all images alike, as drops do and the limits of activations do not. */
  readonly sameForAllImages: boolean;
  /** Whether units are hit independently, and not whole rows at once. */
  readonly independent: boolean;
  /** Units in which several values recur. */
  readonly ambiguous: number;
};

export type UnitDrops = { readonly hits: number; readonly trials: number; readonly events: number };

/** Share of other values that a pair needs: less is not known well enough. */
const minOtherShare = 0.3;

/** Correlation of two units of a row above which they are hit together. */
const maxHitCorrelation = 0.3;

/** Counts the values that look like drops. */
export function dropsIn(draws: Draws, recurring: readonly Unit[]): Drops {
  const pairs = testablePairs(draws, recurring, minOtherShare);
  const byUnit = grouped(pairs);
  const units = recurring.map((unitValues, unit) => unitDrops(draws, unitValues, unit, byUnit.get(unit)));
  const hit = recurring.filter((_, unit) => (units[unit]?.events ?? 0) > 0);
  const judged = units.filter((unit) => unit !== undefined);
  return {
    draws: draws.values.length,
    units,
    hits: sum(judged.map(({ hits }) => hits)),
    trials: sum(judged.map(({ trials }) => trials)),
    events: sum(judged.map(({ events }) => events)),
    unitsHit: hit.length,
    value: only(hit.map(({ recurring }) => recurring)),
    interior: hit.every(({ interior }) => interior),
    sameForAllImages: areSameForAllImages([...byUnit.values()]),
    independent: hitCorrelation(draws, recurring, pairs) <= maxHitCorrelation,
    ambiguous: recurring.filter(({ ambiguous }) => ambiguous).length,
  };
}

function unitDrops(
  draws: Draws,
  { recurring }: Unit,
  unit: number,
  pairs: readonly Pair[] | undefined,
): UnitDrops | undefined {
  if (pairs === undefined) return undefined;
  const rows = pairs.filter(({ hits }) => hits > 0).map(({ row }) => row);
  const isHit = (draw: number) => rows.some((row) => valueAt(draws, draw, row, unit) === recurring);
  return {
    hits: sum(pairs.map(({ hits }) => hits)),
    trials: pairs.length * draws.values.length,
    events: draws.values.filter((_, draw) => isHit(draw)).length,
  };
}

function grouped(pairs: readonly Pair[]): Map<number, Pair[]> {
  const groups = new Map<number, Pair[]>();
  for (const pair of pairs) groups.set(pair.unit, [...(groups.get(pair.unit) ?? []), pair]);
  return groups;
}

/**
 * Whether the rows of each unit are hit equally often, up to chance: the sum of (hits − expected)² / variance over all
 * rows, which is about one per degree of freedom, may exceed that by three and a half of its deviations.
 */
function areSameForAllImages(units: readonly (readonly Pair[])[]): boolean {
  let [statistic, freedom, variance] = [0, 0, 0];
  for (const pairs of units) {
    const rate = shareOf(pairs);
    if (rate === 0 || pairs.length < 2) continue;
    for (const { hits, draws } of pairs) {
      const expected = rate * draws;
      statistic += (hits - expected) ** 2 / (expected * (1 - rate));
      variance += 2 + 1 / expected;
    }
    freedom += pairs.length - 1;
  }
  return freedom === 0 || statistic / freedom <= Math.max(1.3, 1 + (3.5 * Math.sqrt(variance)) / freedom);
}

/**
 * How much the units of a row are hit together: the mean correlation of two of them. 0 when they are hit independently, 1
 * when the whole row is. One unit alone counts as a whole row.
 */
function hitCorrelation(draws: Draws, units: readonly Unit[], pairs: readonly Pair[]): number {
  const rates = new Map([...grouped(pairs)].map(([unit, own]) => [unit, shareOf(own)]));
  const hit = pairs.filter(({ unit }) => (rates.get(unit) ?? 0) > 0);
  const rows = Array.from({ length: draws.rows }, (_, row) => hit.filter((pair) => pair.row === row));
  let [squares, own, cross] = [0, 0, 0];
  for (const row of rows) {
    const variances = row.map(({ unit }) => (rates.get(unit) ?? 0) * (1 - (rates.get(unit) ?? 0)));
    const deviations = sum(variances.map(Math.sqrt));
    for (let draw = 0; draw < draws.values.length; draw++) {
      const excess = sum(
        row.map(
          ({ unit }) =>
            Number(valueAt(draws, draw, row[0]?.row ?? 0, unit) === units[unit]?.recurring) -
            (rates.get(unit) ?? 0),
        ),
      );
      squares += excess ** 2;
      own += sum(variances);
      cross += deviations ** 2 - sum(variances);
    }
  }
  return cross === 0 ? 1 : (squares - own) / cross;
}

function only<T>(values: readonly T[]): T | undefined {
  return new Set(values).size === 1 ? values[0] : undefined;
}

function shareOf(pairs: readonly Pair[]): number {
  const trials = sum(pairs.map(({ draws }) => draws));
  return trials === 0 ? 0 : sum(pairs.map(({ hits }) => hits)) / trials;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
