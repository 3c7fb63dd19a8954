import type { Numbers } from './value.js';

/** Fewer numbers show no curve. */
const fewest = 8;

/**
 * Whether a table holds a sigmoid or another curve that rises from 0, or from -1 to 1, and levels off at both ends, in each of
 * its rows or each of its columns.
 */
export function holdsSigmoid({ shape, values }: Numbers): boolean {
  const columns = shape.at(-1) ?? 1;
  const rows = values.length / columns;
  const row = (at: number) => line(values, at * columns, 1, columns);
  const column = (at: number) => line(values, at, columns, rows);
  return allOf(rows, (at) => isSigmoid(row(at))) || allOf(columns, (at) => isSigmoid(column(at)));
}

function allOf(count: number, holds: (at: number) => boolean): boolean {
  return count > 0 && Array.from({ length: count }, (_, at) => at).every(holds);
}

function line(values: ArrayLike<number>, from: number, step: number, length: number): readonly number[] {
  return Array.from({ length }, (_, at) => values[from + at * step] ?? Number.NaN);
}

/** Rising or falling throughout, and in the outer fifths by much less than a fifth of the whole. */
function isSigmoid(numbers: readonly number[]): boolean {
  if (numbers.length < fewest) return false;
  const [first = 0, last = 0] = [numbers[0], numbers.at(-1)];
  const rising = last > first ? numbers : numbers.toReversed();
  const [low, high] = [Math.min(first, last), Math.max(first, last)];
  const fifth = Math.round((numbers.length - 1) / 5);
  const most = (high - low) / 8;
  return (
    startsAsShares(low, high) &&
    rising.every((value, at) => at === 0 || value >= (rising[at - 1] ?? Number.NaN)) &&
    (rising[fifth] ?? Number.NaN) - low < most &&
    high - (rising.at(-1 - fifth) ?? Number.NaN) < most
  );
}

/** From about 0, as probabilities of any scale do, or from -1 to 1. */
function startsAsShares(low: number, high: number): boolean {
  const near = 0.05 * high;
  return high > 0 && (Math.abs(low) <= near || (high <= 1 && Math.abs(low + high) <= near));
}
