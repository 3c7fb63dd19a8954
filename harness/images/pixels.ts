import type { Batch } from '../verdict/batch.js';
import { streamOf, uniform } from './hash.js';
import { painterFor } from './painters.js';

/**
 * The images of a batch: count × height × width × 3, row-major, in [0, 1].
 * @throws RangeError when a dimension is negative or not whole.
 */
export function pixelsOf(batch: Batch): Float32Array {
  const { height, width, count } = batch;
  if (![count, height, width].every((size) => Number.isInteger(size) && size >= 0)) {
    throw new RangeError(`A batch of ${count} images of ${height}×${width} cannot be made.`);
  }
  const imageLength = height * width * 3;
  const pixels = new Float32Array(count * imageLength);
  imageNumbers(batch).forEach((image, row) => {
    paint(batch, image, pixels.subarray(row * imageLength, (row + 1) * imageLength));
  });
  return pixels;
}

/** The image numbers that make the rows of a batch. */
export function imageNumbers(batch: Batch): readonly number[] {
  return batch.rows ?? Array.from({ length: batch.count }, (_, row) => row);
}

function paint(batch: Batch, image: number, into: Float32Array): void {
  const stream = streamOf(batch.seed, image);
  const { height, width, seed } = batch;
  painterFor(batch.pattern, image)(into, { height, width, stream, seed, image });
  if (batch.nudge !== undefined) perturb(into, batch.nudge, stream);
}

function perturb(pixels: Float32Array, amount: number, stream: number): void {
  for (let i = 0; i < pixels.length; i++) {
    const sign = uniform(~stream, i) < 0.5 ? -1 : 1;
    pixels[i] = Math.min(1, (pixels[i] ?? 0) * (1 + sign * amount));
  }
}
