import type { ComparedOutputs } from '../check/violation.js';
import type { Tensor } from '../engine/subject.js';

/** Rows of numbers, row-major. */
export type OutputRows = { readonly rows: number; readonly units: number; readonly values: Float32Array };

/** Two outputs whose rows ought to be equal and are not. */
export type FailedOutputs = readonly [one: OutputRows, other: OutputRows];

/** In bytes: what one failed check hands over. */
const maxBytes = 4 * 2 ** 20;

/** Outputs as they are handed over to be kept; undefined where they are large, or no rows of numbers. */
export function failedOutputs(outputs: ComparedOutputs): FailedOutputs | undefined {
  if (!Array.isArray(outputs)) return undefined;
  const [first, second] = outputs.map(rowsIn);
  if (!first || !second || first.values.byteLength + second.values.byteLength > maxBytes) return undefined;
  return [first, second];
}

/** A copy, since the values may be a part of something larger. Checks that others wrote may be untyped. */
function rowsIn({ shape, values }: Tensor): OutputRows | undefined {
  if (!Array.isArray(shape) || !(values instanceof Float32Array)) return undefined;
  const [rows = 0, ...rest] = shape;
  const units = rest.reduce((product, length) => product * length, 1);
  if (values.length === 0 || values.length !== rows * units) return undefined;
  return { rows, units, values: values.slice() };
}
