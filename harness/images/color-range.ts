import type { ColorRange } from '../contract/contract.js';

/** Values in [0, 1], three per pixel, as the spec's color range has them; rounded to float32 once, at the end. */
export function inColorRange(pixels: Float32Array, range: ColorRange): Float32Array {
  if (range.kind === 'standardized') {
    return pixels.map((value, i) => (value - (range.mean[i % 3] ?? 0)) / (range.std[i % 3] ?? 1));
  }
  if (range.min === 0 && range.max === 1) return pixels;
  return pixels.map((value) => range.min + value * (range.max - range.min));
}
