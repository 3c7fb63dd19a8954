import type { Tensor } from '../engine/subject.js';
import type { Tolerance } from './tolerance.js';

/** One row of a tensor of rank 1 or more. */
export function rowOf(tensor: Tensor, row: number): Float32Array {
  const length = tensor.shape.slice(1).reduce((product, size) => product * size, 1);
  return tensor.values.subarray(row * length, (row + 1) * length);
}

/** All rows of a tensor of rank 1 or more. */
export function rowsOf(tensor: Tensor): Float32Array[] {
  return Array.from({ length: tensor.shape[0] ?? 0 }, (_, row) => rowOf(tensor, row));
}

/** The largest absolute value of a row; NaN and infinity do not count. */
export function scaleOf(row: Float32Array): number {
  return row.reduce(
    (most, value) => (Math.abs(value) > most && Number.isFinite(value) ? Math.abs(value) : most),
    0,
  );
}

/** Where two rows differ most, and by how much: `by` exceeds `allowed`. */
export type Difference = { readonly unit: number; readonly by: number; readonly allowed: number };

/**
 * The largest difference between two rows that exceeds the tolerance; undefined when they are equal within it. Without a
 * tolerance they must have the same bits. NaN equals NaN only; rows of different length differ.
 */
export function differenceOf(
  expected: Float32Array,
  actual: Float32Array,
  tolerance?: Pick<Tolerance, 'absolute' | 'relative'>,
): Difference | undefined {
  if (expected.length !== actual.length)
    return { unit: Math.min(expected.length, actual.length), by: Number.NaN, allowed: 0 };
  let worst: Difference | undefined;
  for (const [unit, value] of expected.entries()) {
    const other = actual[unit] ?? Number.NaN;
    if (Object.is(value, other)) continue;
    const allowed = tolerance && Number.isFinite(value) ? allowedAt(value, tolerance) : 0;
    const by = Math.abs(value - other);
    if (!(by <= allowed) && !(worst !== undefined && by < worst.by)) worst = { unit, by, allowed };
  }
  return worst;
}

function allowedAt(value: number, { absolute, relative }: Pick<Tolerance, 'absolute' | 'relative'>): number {
  return absolute + relative * Math.abs(value);
}

/** A difference as a share of the row's largest value; from or to NaN it is the largest there is. */
export function shareOf(difference: Difference | undefined, row: Float32Array): number {
  if (!difference) return 0;
  const share = difference.by / scaleOf(row);
  return Number.isNaN(share) ? Number.POSITIVE_INFINITY : share;
}

/** A difference between two rows as a finding prints it: both values as far as it takes to tell them apart, and its share of the row. */
export function differenceInWords(
  [expected, actual]: readonly [Float32Array, Float32Array],
  { unit, by, allowed }: Difference,
  tolerance: Tolerance,
): { readonly expected: string; readonly actual: string } {
  const [value, other] = distinctTexts(expected[unit], actual[unit]);
  const scale = Math.max(scaleOf(expected), scaleOf(actual));
  const share =
    Number.isFinite(by) && scale > 0 ? `: off by ${textOf(by, 3)}, ${shareInWords(by / scale)}` : '';
  const within =
    allowed === 0 ? `exactly (${tolerance.origin})` : `± ${textOf(allowed, 3)} (${tolerance.origin})`;
  return { expected: `${value} ${within}`, actual: `${other}${share}` };
}

function shareInWords(share: number): string {
  return `${textOf(share, 3)} of the largest value of the row`;
}

/** Significant digits after which no two float32 values look alike. */
const mostDigits = 9;

/** Two numbers with as many digits as it takes to tell them apart, and one more. */
export function distinctTexts(one: number | undefined, other: number | undefined): [string, string] {
  for (let digits = 6; digits < mostDigits; digits++) {
    if (textOf(one, digits - 1) !== textOf(other, digits - 1))
      return [textOf(one, digits), textOf(other, digits)];
  }
  return [textOf(one, mostDigits), textOf(other, mostDigits)];
}

/** A number as findings print it. */
export function numberText(value: number | undefined): string {
  return textOf(value, 6);
}

/** With this many significant digits, small numbers with a power of ten. */
function textOf(value: number | undefined, digits: number): string {
  if (value === undefined) return 'nothing';
  const rounded = Number(value.toPrecision(digits));
  return rounded !== 0 && Math.abs(rounded) < 1e-4 ? rounded.toExponential() : String(rounded);
}
