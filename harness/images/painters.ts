import { firstStranger, type Pattern } from '../verdict/batch.js';
import { uniform } from './hash.js';

/** The size of an image, and the stream of numbers for a painter's choices. */
type Canvas = {
  readonly height: number;
  readonly width: number;
  readonly stream: number;
  readonly seed: number;
  readonly image: number;
};

/** Fills height × width × 3 values in [0, 1]. */
type Painter = (into: Float32Array, canvas: Canvas) => void;

/** Paints an image of a batch: in the pattern of the batch, unless it is a stranger. */
export function painterFor(pattern: Pattern, image: number): Painter {
  if (image < firstStranger) return painters[pattern];
  return painters[strange[(image - firstStranger) % strange.length] ?? 'white'];
}

/** One painter per pattern. Each draws from its image's own stream only, with arithmetic that is the same on every machine. */
const painters: Readonly<Record<Pattern, Painter>> = {
  black: (into) => into.fill(0),
  white: (into) => into.fill(1),
  flat: (into, canvas) => blend(into, canvas, 0, () => 0),
  primary: (into, { image }) => {
    for (let i = 0; i < into.length; i++) into[i] = (Math.floor(image / 3 ** (i % 3)) % 3) / 2;
  },
  gray: (into, { stream }) => {
    for (let i = 0; i < into.length; i++) into[i] = uniform(stream, Math.floor(i / 3));
  },
  gradient: (into, canvas) => {
    const [dv, du] = [2 * uniform(canvas.stream, 8) - 1, 2 * uniform(canvas.stream, 9) - 1];
    blend(into, canvas, 0, (v, u) => 0.5 + (v - 0.5) * dv + (u - 0.5) * du);
  },
  checkerboard: (into, canvas) => {
    const cell = 1 + Math.floor(uniform(canvas.stream, 8) * 8);
    blend(into, canvas, 0, (_v, _u, y, x) => (Math.floor(y / cell) + Math.floor(x / cell)) % 2);
  },
  'hot-pixel': (into, { height, width, stream }) => {
    into.fill(0);
    const pixel = Math.min(height * width - 1, Math.floor(uniform(stream, 0) * height * width));
    into.fill(1, pixel * 3, pixel * 3 + 3);
  },
  blobs: (into, canvas) => {
    painters.flat(into, canvas);
    for (let first = 8; first < 40; first += 8) blob(into, canvas, first);
  },
  noise: (into, { stream }) => {
    for (let i = 0; i < into.length; i++) into[i] = uniform(stream, i);
  },
  framed: (into, canvas) => {
    painters.noise(into, canvas);
    eachPixel(canvas, (_v, _u, at, y, x) => {
      if (y === 0 || x === 0 || y === canvas.height - 1 || x === canvas.width - 1) into.fill(0, at, at + 3);
    });
  },
  'flat-channels': (into, canvas) => {
    painters.noise(into, canvas);
    const variant = variantOf(canvas.image);
    const flat = [into.slice(0, 3), [1, 1, 1], [0, 0, 0]][Math.floor(variant / 6) % 3] ?? [];
    for (let i = 0; i < into.length; i++) {
      if (((variant % 6) + 1) & (1 << (i % 3))) into[i] = flat[i % 3] ?? 0;
    }
  },
  letterbox: (into, canvas) => {
    painters.noise(into, canvas);
    const variant = variantOf(canvas.image);
    const [across, down] = [variant % 3 !== 0, variant % 3 !== 1];
    const white = Math.floor(variant / 3) % 2;
    eachPixel(canvas, (v, u, at) => {
      if ((down && Math.abs(v - 0.5) > 0.25) || (across && Math.abs(u - 0.5) > 0.25))
        into.fill(white, at, at + 3);
    });
  },
  halves: (into, canvas) => {
    const variant = variantOf(canvas.image);
    eachPixel(canvas, (v, u, at) => {
      const second = (variant % 2 === 0 ? v : u) > 0.5;
      into.fill(second === variant % 4 < 2 ? 1 : 0, at, at + 3);
    });
  },
  faint: (into, { image, stream }) => {
    const variant = variantOf(image);
    const share = 2 ** (-6 - 5 * (variant % 4));
    const colors = variant % 8 < 4 ? 3 : 1;
    for (let i = 0; i < into.length; i++)
      into[i] = uniform(stream, i % colors) * (1 - share) + uniform(stream, i) * share;
  },
  halftone: (into, canvas) => {
    const { image, stream } = canvas;
    eachPixel(canvas, (_v, _u, at, y, x) => {
      const scattered = uniform(stream, at / 3) < 0.5 ? 0 : 1;
      into.fill(([y + x, y, x, scattered][image % 4] ?? 0) % 2, at, at + 3);
    });
  },
  'two-colors': (into, canvas) => {
    const [first = 0, second = 0] = pairs[Math.floor(canvas.image / 3) % pairs.length] ?? [];
    eachPixel(canvas, (_v, u, at, y, x) => {
      const isSecond = [u > 0.5, x % 2 === 1, (x + y) % 2 === 1][canvas.image % 3];
      for (let c = 0; c < 3; c++) into[at + c] = ((isSecond ? second : first) >> c) & 1;
    });
  },
  'low-key': (into, { stream, seed }) => {
    for (let i = 0; i < into.length; i++) into[i] = uniform(stream, i) * keyOf(seed);
  },
  'high-key': (into, { stream, seed }) => {
    for (let i = 0; i < into.length; i++) into[i] = 1 - uniform(stream, i) * keyOf(seed);
  },
  mixed: (into, canvas) => painters[variety[canvas.image % variety.length] ?? 'noise'](into, canvas),
};

/** Two colors each, of 1 to 6: one bit for red, green and blue. Complements come first. */
const pairs = '14 25 36 12 23 34 45 56 61 13 24 35 46 51 62'.split(' ').map((pair) => [...pair].map(Number));

/** How bright a low-key image is at most: all images of a batch alike, so that a whole batch may be too dark. */
function keyOf(seed: number): number {
  return [1 / 3, 1 / 8, 1 / 20, 1 / 64][seed % 4] ?? 1;
}

/** Patterns of the images of a mixed batch, in turn. */
export const variety: readonly Exclude<Pattern, 'mixed'>[] = [
  'noise',
  'blobs',
  'gradient',
  'flat',
  'checkerboard',
  'hot-pixel',
  'white',
  'black',
  'flat-channels',
  'letterbox',
  'halves',
  'faint',
];

/** Patterns of strangers: neighbours of each other differ in brightness, in variation and in their largest value. */
const strange: readonly Pattern[] = [
  'white',
  'black',
  'blobs',
  'halves',
  'gray',
  'hot-pixel',
  'checkerboard',
];

/** Counts variants of a pattern, in a batch of this pattern alone as well as in a mixed one. */
function variantOf(image: number): number {
  return image + Math.floor(image / variety.length);
}

/** A soft round spot over what is there already. */
function blob(into: Float32Array, canvas: Canvas, first: number): void {
  const draw = (offset: number) => uniform(canvas.stream, first + offset);
  const [v0, u0, radius] = [draw(0), draw(1), 0.05 + 0.3 * draw(2)];
  const color = [draw(3), draw(4), draw(5)];
  eachPixel(canvas, (v, u, at) => {
    const distance = ((v - v0) ** 2 + (u - u0) ** 2) / (2 * radius * radius);
    mixInto(into, at, color, 1 / (1 + distance * distance));
  });
}

/** Two colours from the stream, mixed by a share in [0, 1] that depends on the place. */
function blend(
  into: Float32Array,
  canvas: Canvas,
  first: number,
  share: (v: number, u: number, y: number, x: number) => number,
): void {
  const from = [0, 1, 2].map((c) => uniform(canvas.stream, first + c));
  const to = [0, 1, 2].map((c) => uniform(canvas.stream, first + 4 + c));
  eachPixel(canvas, (v, u, at, y, x) => {
    for (let c = 0; c < 3; c++) into[at + c] = from[c] ?? 0;
    mixInto(into, at, to, Math.min(1, Math.max(0, share(v, u, y, x))));
  });
}

function mixInto(into: Float32Array, at: number, color: readonly number[], share: number): void {
  for (let c = 0; c < 3; c++) into[at + c] = (into[at + c] ?? 0) * (1 - share) + (color[c] ?? 0) * share;
}

/** Visits each pixel with its place in [0, 1]², its offset in the array, and its row and column. */
function eachPixel(
  { height, width }: Canvas,
  visit: (v: number, u: number, at: number, y: number, x: number) => void,
): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) visit((y + 0.5) / height, (x + 0.5) / width, (y * width + x) * 3, y, x);
  }
}
