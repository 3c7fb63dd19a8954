import { fewerHits } from './binomial.js';
import type { Draws } from './draws.js';
import { hitsOf, type Unit } from './recurring.js';
import { type Pair, testablePairs } from './testable-pairs.js';

/** How sure a bound is: a rate above it would have stayed unseen with this probability. */
export const missProbability = 1e-6;

/** What draws without a drop exclude. */
export type Bounds = {
  /** Pairs of row and unit that were tested, and their units. */
  readonly pairs: number;
  readonly units: number;
  /** Rate of independent drops above which they would have been missed with probability `missProbability` at most. */
  readonly missed: number;
  /** The same, where all images of a batch share the mask. */
  readonly missedShared: number;
  /** All draws are the same, bit for bit: there was no randomness at all. */
  readonly deterministic: boolean;
};

/**
 * The bounds when nothing is dropped; undefined when something may be. The first half of the draws selects the pairs
 * in which a drop would show and none did, the second half tests them, so that the choice cannot favour the outcome.
 */
export function boundsOf(draws: Draws, units: readonly Unit[]): Bounds | undefined {
  const half = Math.ceil(draws.values.length / 2);
  const chosen = testablePairs(part(draws, 0, half), units, 0).filter(({ hits }) => hits === 0);
  if (isDeterministic(draws)) return bounds(chosen, units, draws.values.length, true);
  const watched = part(draws, half, draws.values.length);
  if (chosen.some((pair) => dropsOf(watched, units, pair) > 0)) return undefined;
  return bounds(chosen, units, watched.values.length, false);
}

/** Without randomness, one drop anywhere would have shown; else a unit must show one value in its `minRows`. */
function bounds(
  chosen: readonly Pair[],
  units: readonly Unit[],
  draws: number,
  deterministic: boolean,
): Bounds {
  const tested = testedUnits(chosen, units).filter(({ rows, minRows }) => deterministic || rows >= minRows);
  const anywhere = (rate: number) => (1 - rate) ** (draws * chosen.length);
  return {
    pairs: chosen.length,
    units: tested.length,
    missed: rateMissed(deterministic ? anywhere : (rate) => unseen(rate, tested, draws)),
    missedShared: rateMissed((rate) => (1 - rate) ** (draws * tested.length)),
    deterministic,
  };
}

function isDeterministic({ values: [first, ...others] }: Draws): boolean {
  return others.every((draw) => draw.every((value, at) => value === first?.[at]));
}

function part({ rows, units, values }: Draws, from: number, to: number): Draws {
  return { rows, units, values: values.slice(from, to) };
}

function dropsOf(draws: Draws, units: readonly Unit[], { row, unit }: Pair): number {
  const recurring = units[unit]?.recurring;
  return recurring === undefined ? 0 : hitsOf(draws, row, unit, recurring);
}

/** A unit with tested rows, and those in which it must show one value. */
type TestedUnit = { readonly rows: number; readonly minRows: number };

function testedUnits(pairs: readonly Pair[], units: readonly Unit[]): readonly TestedUnit[] {
  const rows = new Map<number, number>();
  for (const { unit } of pairs) rows.set(unit, (rows.get(unit) ?? 0) + 1);
  return units.flatMap(({ minRows }, unit) => {
    const tested = rows.get(unit);
    return tested === undefined ? [] : [{ rows: tested, minRows }];
  });
}

/** Probability that no unit shows one value in its `minRows`, at a rate of drops. */
function unseen(rate: number, tested: readonly TestedUnit[], draws: number): number {
  const spared = (1 - rate) ** draws;
  return tested.reduce((all, { rows, minRows }) => all * fewerHits(minRows, rows, spared), 1);
}

/** The rate at which `unseen`, which falls with the rate, is `missProbability`; 1 when it never is. */
function rateMissed(unseen: (rate: number) => number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (unseen(middle) > missProbability) low = middle;
    else high = middle;
  }
  return high;
}
