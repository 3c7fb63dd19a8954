import type { ColorRange } from '../contract/contract.js';
import type { Batch } from '../verdict/batch.js';
import type { Size } from './corners.js';

/** One image from a file, as a description: TensorFlow decodes it where it is used, and resizes it to this size. */
export type Picture = Size & {
  /** Absolute path of a PNG, JPEG, WebP or BMP file. */
  readonly file: string;
  readonly count: 1;
  /** Left out: as the spec declares. */
  readonly colors?: Colors;
};

/** What a call can be given. */
export type Images = Batch | Picture;

/** What stands for a colour: the values of its channels, and their order. */
export type Colors = { readonly range: ColorRange; readonly order: 'rgb' | 'bgr' };

/** RGB values in [0, 1] as a model takes them that was made for these colours. */
export function inColors(pixels: Float32Array, { range, order }: Colors): Float32Array {
  const ranged = inColorRange(pixels, range);
  return order === 'rgb' ? ranged : ranged.map((_, i) => ranged[i + 2 - 2 * (i % 3)] ?? Number.NaN);
}

function inColorRange(pixels: Float32Array, range: ColorRange): Float32Array {
  if (range.kind === 'standardized') {
    return pixels.map((value, i) => (value - (range.mean[i % 3] ?? 0)) / (range.std[i % 3] ?? 1));
  }
  if (range.min === 0 && range.max === 1) return pixels;
  return pixels.map((value) => range.min + value * (range.max - range.min));
}
