import { numberText } from '../../harness/check/compare.js';
import type { Ending } from '../../harness/graph/scores/ending.js';

/** What scores that are not linear look like, and the evidence. */
export type Nonlinear = { readonly what: string; readonly because: string };

/**
 * Decides from rows of scores, one for each image, and from the end of the graph, whether they are probabilities or
 * logarithms of such. Rows with NaN are left out. Linear scores that happen to lie in [0, 1], or to be positive, or of
 * unit length, are not mistaken for probabilities: values alone decide only where chance is ruled out.
 */
export function nonlinear(rows: readonly Float32Array[], ending: Ending): Nonlinear | undefined {
  const known = rows.filter((row) => row.length > 0 && !row.some(Number.isNaN));
  const sums = sumsToOne(known) ?? sumsToTotal(known) ?? exponentialsSumToOne(known);
  return lastOperation(ending) ?? sums ?? squashed(known, ending);
}

const named: Readonly<Record<string, string>> = {
  Softmax: 'probabilities (softmax)',
  LogSoftmax: 'logarithms of probabilities (log-softmax)',
  Sigmoid: 'probabilities (sigmoid)',
};

function lastOperation({ last }: Ending): Nonlinear | undefined {
  const op = Object.keys(named).find((name) => last.has(name));
  const what = op === undefined ? undefined : named[op];
  return what === undefined ? undefined : { what, because: `the last operation of the graph is ${op}` };
}

function sumsToOne(rows: readonly Float32Array[]): Nonlinear | undefined {
  if (!within(rows, -slack, 1 + slack) || !conserved(rows, (value) => value)) return undefined;
  return { what: 'probabilities (softmax)', because: 'every row lies in [0, 1] and sums to 1' };
}

/** Percentages, say. Linear scores around a large constant can have one sum, too, but none near zero. */
function sumsToTotal(rows: readonly Float32Array[]): Nonlinear | undefined {
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

function exponentialsSumToOne(rows: readonly Float32Array[]): Nonlinear | undefined {
  const what = 'logarithms of probabilities (log-softmax)';
  if (within(rows, Number.NEGATIVE_INFINITY, slack) && conserved(rows, Math.exp))
    return { what, because: 'the exponentials of every row sum to 1' };
  if (within(rows, -slack, Number.POSITIVE_INFINITY) && conserved(rows, (value) => Math.exp(-value)))
    return { what: `negative ${what}`, because: 'the exponentials of every negated row sum to 1' };
  return undefined;
}

/** Independent classes have no telltale sum, so the graph must agree, or be unreadable while there are many rows. */
function squashed(rows: readonly Float32Array[], { elementwise, unknown }: Ending): Nonlinear | undefined {
  const op = squashingOf(elementwise);
  if (op !== undefined && within(rows, 0, 1)) {
    return {
      what: 'probabilities (sigmoid)',
      because: `every score lies in [0, 1], and they go through ${op}`,
    };
  }
  if (isLogSigmoid(elementwise) && within(rows, Number.NEGATIVE_INFINITY, 0)) {
    const what = 'logarithms of probabilities (log-sigmoid)';
    return { what, because: 'no score is above 0, and the graph takes the logarithm of a sigmoid' };
  }
  if (!unknown || rows.length < minRows || !spread(rows) || !within(rows, least, 1 - least)) return undefined;
  return { what: 'probabilities', because: `all scores of ${rows.length} images lie between 0 and 1` };
}

/** What bounds a score: a bounded operation, or a division that involves an exponential. */
function squashingOf(ops: ReadonlySet<string>): string | undefined {
  const divides = ['RealDiv', 'Div', 'DivNoNan', 'Reciprocal', 'Inv', 'Pow'].some((op) => ops.has(op));
  return bounded.find((op) => ops.has(op)) ?? (ops.has('Exp') && divides ? 'Exp' : undefined);
}

const bounded = ['Sigmoid', 'Softmax', 'Tanh', 'Erf', 'Atan', 'Softsign', 'ClipByValue'];

function isLogSigmoid(ops: ReadonlySet<string>): boolean {
  return ops.has('Softplus') || (ops.has('Log') && ops.has('Sigmoid'));
}

/** Rounding above 1 or below 0. */
const slack = 1e-6;
const minRows = 32;
const least = Number.MIN_VALUE;

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
function spread(rows: readonly Float32Array[]): number {
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

function within(rows: readonly Float32Array[], min: number, max: number): boolean {
  return rows.length > 0 && rows.every((row) => row.every((value) => value >= min && value <= max));
}
