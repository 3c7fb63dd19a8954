import type { Noise, Tensor } from '../engine/subject.js';

/** One row of a tensor of rank 1 or more. */
export function rowOf(tensor: Tensor, row: number): Float32Array {
  const length = tensor.shape.slice(1).reduce((product, size) => product * size, 1);
  return tensor.values.subarray(row * length, (row + 1) * length);
}

/** All rows of a tensor of rank 1 or more. */
export function rowsOf(tensor: Tensor): Float32Array[] {
  return Array.from({ length: tensor.shape[0] ?? 0 }, (_, row) => rowOf(tensor, row));
}

/** Where two rows differ most, and by how much: `by` exceeds `allowed`. */
export type Difference = { readonly unit: number; readonly by: number; readonly allowed: number };

/**
 * The largest difference between two rows that exceeds the tolerance; undefined when they are equal within it.
 * NaN equals NaN only; rows of different length differ.
 */
export function differenceOf(
  expected: Float32Array,
  actual: Float32Array,
  noise: Noise,
): Difference | undefined {
  if (expected.length !== actual.length)
    return { unit: Math.min(expected.length, actual.length), by: Number.NaN, allowed: 0 };
  let worst: Difference | undefined;
  for (const [unit, value] of expected.entries()) {
    const other = actual[unit] ?? Number.NaN;
    if (Object.is(value, other)) continue;
    const allowed = Number.isFinite(value) ? allowedAt(value, noise) : 0;
    const by = Math.abs(value - other);
    if (!(by <= allowed) && !(worst !== undefined && by < worst.by)) worst = { unit, by, allowed };
  }
  return worst;
}

function allowedAt(value: number, { tolerance }: Noise): number {
  return tolerance.absolute + tolerance.relative * Math.abs(value);
}

/** A number as findings print it. */
export function numberText(value: number | undefined): string {
  return value === undefined ? 'nothing' : String(Number(value.toPrecision(6)));
}
