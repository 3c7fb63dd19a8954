import { npyIn, UnusableArray } from '../../harness/images/read-npy.js';

/**
 * The row in a NumPy file: an array of float32 or float64 and of shape [N] or [1, N], whose values lie in the same order
 * whatever the order of its dimensions. @throws UnusableArray
 */
export function scoresIn(bytes: Uint8Array): Float64Array {
  const { shape, values } = npyIn(bytes);
  const row = shape.length === 2 && shape[0] === 1 ? shape.slice(1) : shape;
  if (row.length !== 1 || !Number.isInteger(row[0]))
    throw new UnusableArray(`Its shape is [${shape.join(', ')}]; expected one row, [N] or [1, N].`);
  return values();
}
