import { scaleOf } from '../check/compare.js';
import { intervalOf } from '../check/rate.js';
import type { Agreement, RowsCompared } from '../verdict/comparison.js';

/** Of the largest value: what rounding may come to in a step of training, or in a sum of losses. */
export const rounding = 2 ** -12;

/** The rows of one image in both models, and how much of their difference rounding explains. */
export type RowPair = {
  readonly old: Float32Array;
  readonly new: Float32Array;
  /** The largest difference of two values; infinite where one is NaN or infinite and the other is not the same. */
  readonly by: number;
  readonly unit: number;
  /** Differences that rounding explains, in the calmer and in the noisier of the two models. */
  readonly tight: number;
  readonly loose: number;
};

/** Where two rows of the same length differ most; NaN equals NaN. */
export function farthest(
  old: Float32Array,
  now: Float32Array,
): { readonly by: number; readonly unit: number } {
  let [by, unit] = [0, 0];
  for (const [at, value] of old.entries()) {
    const other = now[at] ?? Number.NaN;
    if (Object.is(value, other) || value === other) continue;
    const off = Number.isFinite(value - other) ? Math.abs(value - other) : Number.POSITIVE_INFINITY;
    if (off > by) [by, unit] = [off, at];
  }
  return { by, unit };
}

/** What the rows of many images say together. `classes`: whether columns are classes. */
export function summaryOf(kind: string, pairs: readonly RowPair[], classes: boolean): RowsCompared {
  const differences = pairs.map(({ by }) => by).toSorted((a, b) => a - b);
  const columns = pairs[0]?.old.length ?? 0;
  return {
    kind,
    images: pairs.length,
    largest: differences.at(-1) ?? 0,
    typical: differences[Math.floor((differences.length - 1) / 2)] ?? 0,
    timesNoise: pairs.reduce((most, pair) => Math.max(most, timesNoise(pair)), 0),
    cosine: pairs.reduce((least, pair) => Math.min(least, cosine(pair.old, pair.new)), 1),
    ...(classes && columns > 1 ? { top1: agreement(pairs, 1) } : {}),
    ...(classes && columns > 10 ? { top5: agreement(pairs, 5) } : {}),
  };
}

function timesNoise({ by, tight }: RowPair): number {
  return by === 0 ? 0 : by / tight;
}

function cosine(one: Float32Array, other: Float32Array): number {
  const [a, b] = [scaleOf(one), scaleOf(other)];
  if (a === 0 || b === 0) return a === b ? 1 : 0;
  let [dot, first, second] = [0, 0, 0];
  for (const [at, value] of one.entries()) {
    const [x, y] = [value / a, (other[at] ?? 0) / b];
    dot += x * y;
    first += x * x;
    second += y * y;
  }
  const found = dot / Math.sqrt(first * second);
  return Number.isFinite(found) ? Math.max(-1, Math.min(1, found)) : 0;
}

function agreement(pairs: readonly RowPair[], most: number): Agreement {
  const of = pairs.length * most;
  const same = pairs.reduce((sum, { old, new: now }) => {
    const [one, other] = [highest(old, most), highest(now, most)];
    return sum + [...one].filter((at) => other.has(at)).length;
  }, 0);
  const [low, high] = intervalOf(same, of);
  return { same, of, low, high };
}

/** The columns with the highest values; of equal ones the first. */
function highest(row: Float32Array, most: number): ReadonlySet<number> {
  const order = [...row.keys()].sort((a, b) => (row[b] ?? 0) - (row[a] ?? 0) || a - b);
  return new Set(order.slice(0, most));
}

/**
 * Columns of OLD that are other columns of NEW, in the rows of all images: pairs of old and new number. Undefined where the
 * rows differ otherwise.
 */
export function exchanged(pairs: readonly RowPair[]): readonly (readonly [number, number])[] | undefined {
  const [first] = pairs;
  if (first === undefined || pairs.some((pair) => pair.old.length !== pair.new.length)) return undefined;
  const fits = (from: number, to: number) =>
    pairs.every((pair) => Math.abs((pair.old[from] ?? 0) - (pair.new[to] ?? 0)) <= pair.loose);
  const moved = [...first.old.keys()].filter((at) => !fits(at, at));
  if (moved.length < 2 || moved.length > maxMoved) return undefined;
  const free = new Set(moved);
  const found: [number, number][] = [];
  for (const from of moved) {
    const to = [...free].find((one) => fits(from, one));
    if (to === undefined) return undefined;
    free.delete(to);
    found.push([from, to]);
  }
  return found;
}

/** Columns that are looked for elsewhere; each is compared with each. */
const maxMoved = 2000;
