import type { ColorRange } from '../contract/contract.js';
import type { Batch } from '../verdict/batch.js';
import { inColorRange } from './color-range.js';
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
