/**
 * The kind of images in a batch. `primary` is flat, each image in another of the 27 colors with channels of 0, ½ and 1;
 * `gray` is noise without color; `framed` is noise inside a black frame of one pixel; `flat-channels` is noise with one
 * or two channels flat, some at 0 or 1; `letterbox` is noise between wide black or white borders; `halves` is half
 * black, half white; `faint` is flat but for small variations, of a color or gray; `halftone` is black and white by single pixels;
 * `two-colors` is two of red, green, blue, yellow, magenta and cyan, which are equally bright to some eyes, in halves or by single
 * pixels; `low-key` is noise from 0 up to a third, an eighth, a twentieth or a 64th, by the seed, and `high-key` the same down
 * from 1; `mixed` gives each image of the batch another pattern.
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
  'flat-channels',
  'letterbox',
  'halves',
  'faint',
  'halftone',
  'two-colors',
  'low-key',
  'high-key',
  'mixed',
] as const;

export type Pattern = (typeof patterns)[number];

/** Images of this number and above are strangers: of contrasting patterns, whatever the pattern of their batch. */
export const firstStranger = 1000;

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
