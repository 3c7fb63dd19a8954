/**
 * The kind of images in a batch. `primary` is flat, each image in another of the 27 colors with channels of 0, ½ and 1;
 * `gray` is noise without color; `framed` is noise inside a black frame of one pixel; `mixed` gives each
 * image of the batch another pattern.
 */
export const patterns = [
  'black',
  'white',
  'flat',
  'primary',
  'gray',
  'gradient',
  'checkerboard',
  'hot-pixel',
  'blobs',
  'noise',
  'framed',
  'mixed',
] as const;

export type Pattern = (typeof patterns)[number];

/**
 * A batch of images as a description; the pixels are made where they are used.
 * Image k depends on `pattern`, `seed`, k, `height` and `width` only, never on `count`.
 */
export type Batch = {
  /** Number of images: the first dimension of the tensor. */
  readonly count: number;
  /** Pixels. */
  readonly height: number;
  /** Pixels. */
  readonly width: number;
  readonly pattern: Pattern;
  readonly seed: number;
  /** The images of the rows, by number; default: 0 … count-1. */
  readonly rows?: readonly number[];
  /** Each pixel p becomes p · (1 ± nudge), the sign drawn per pixel from the seed, to measure how a model propagates rounding. */
  readonly nudge?: number;
};
