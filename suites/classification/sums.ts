import { numberText } from '../../harness/check/compare.js';

/** What rows of scores are, by sums that never change. */
export type Conserved = { readonly what: string; readonly because: string };

/**
 * Whether rows, or their exponentials, always have the same sum while the scores themselves move by far more. Linear scores
 * that happen to lie in [0, 1], or to be positive, or of unit length, are not mistaken for probabilities.
 */
export function conservedSum(rows: readonly Float32Array[]): Conserved | undefined {
  return sumsToOne(rows) ?? sumsToTotal(rows) ?? exponentialsSumToOne(rows);
}

function sumsToOne(rows: readonly Float32Array[]): Conserved | undefined {
  if (!within(rows, -slack, 1 + slack) || !conserved(rows, (value) => value)) return undefined;
  return { what: 'probabilities (softmax)', because: 'every row lies in [0, 1] and sums to 1' };
}

/** Percentages, say. Linear scores around a large constant can have one sum, too, but none near zero. */
function sumsToTotal(rows: readonly Float32Array[]): Conserved | undefined {
  const total = rows[0]?.reduce((sum, value) => sum + value, 0) ?? 0;
  const shares = rows.map((row) => row.map((value) => value / total));
  const nearZero = shares.some((row) => row.some((share) => share < 0.2 / row.length));
  if (!(total > 0) || !nearZero || !within(shares, -slack, 1 + slack) || !conserved(shares, (share) => share))
    return undefined;
  return {
    what: 'probabilities (softmax), scaled',
    because: `every row is positive and sums to ${numberText(total)}`,
  };
}

function exponentialsSumToOne(rows: readonly Float32Array[]): Conserved | undefined {
  const what = 'logarithms of probabilities (log-softmax)';
  if (within(rows, Number.NEGATIVE_INFINITY, slack) && conserved(rows, Math.exp))
    return { what, because: 'the exponentials of every row sum to 1' };
  if (within(rows, -slack, Number.POSITIVE_INFINITY) && conserved(rows, (value) => Math.exp(-value)))
    return { what: `negative ${what}`, because: 'the exponentials of every negated row sum to 1' };
  return undefined;
}

/** Rounding above 1 or below 0. */
const slack = 1e-6;

/** How far a sum of float32 probabilities may be from 1. */
function tolerance(classes: number): number {
  return 1e-3 + classes * 2 ** -23;
}

/** Whether the sums stay at 1 while the values vary by far more than the sums. False for one class or one row. */
function conserved(rows: readonly Float32Array[], term: (value: number) => number): boolean {
  const classes = rows[0]?.length ?? 0;
  if (classes < 2) return false;
  const off = rows.map((row) => Math.abs(row.reduce((sum, value) => sum + term(value), 0) - 1));
  const worst = off.reduce((a, b) => Math.max(a, b), slack);
  return worst <= tolerance(classes) && spread(rows) >= 10 * worst;
}

/** The largest difference between two rows in one column. */
export function spread(rows: readonly Float32Array[]): number {
  const [first] = rows;
  if (first === undefined) return 0;
  return rows.reduce(
    (most, row) => row.reduce((far, value, at) => Math.max(far, distance(value, first[at])), most),
    0,
  );
}

function distance(value: number, other: number | undefined): number {
  return value === other ? 0 : Math.abs(value - (other ?? Number.NaN));
}

export function within(rows: readonly Float32Array[], min: number, max: number): boolean {
  return rows.length > 0 && rows.every((row) => row.every((value) => value >= min && value <= max));
}

/** The least and the greatest score; NaN counts for nothing. */
export function rangeOf(rows: readonly Float32Array[]): readonly [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of rows)
    for (const value of row) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  return [low, high];
}
