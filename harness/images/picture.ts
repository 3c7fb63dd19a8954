import type { ColorRange } from '../contract/contract.js';
import type { Batch } from '../verdict/batch.js';
import { inColorRange } from './color-range.js';
import type { Size } from './size.js';

/** One image from a file, as a description: TensorFlow decodes it where it is used, and resizes it to this size. */
export type Picture = Size & {
  /** Absolute path of a PNG, JPEG, WebP or BMP file. */
  readonly file: string;
  readonly count: 1;
  /** Left out: as the spec declares. */
  readonly colors?: Colors;
};

/** The images of a call. */
export type Images = Batch | Picture;

/** The encoding of colours: the range of channel values, and their order. */
export type Colors = { readonly range: ColorRange; readonly order: 'rgb' | 'bgr' };

/** RGB values in [0, 1], converted for a model that expects this encoding. */
export function inColors(pixels: Float32Array, { range, order }: Colors): Float32Array {
  const ranged = inColorRange(pixels, range);
  return order === 'rgb' ? ranged : ranged.map((_, i) => ranged[i + 2 - 2 * (i % 3)] ?? Number.NaN);
}
