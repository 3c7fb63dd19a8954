import { type Batch, firstStranger, type Pattern, patterns } from '../../harness/verdict/batch.js';
import type { PythonCase } from './case.js';

/** Python that makes the images of these patterns, value for value as the harness does; functions that are needed only. */
export function pixelsCode(patterns: readonly Painted[], colors: PythonCase['colors']): string {
  const needed = new Set(patterns.map(nameOf).flatMap(withNeeds));
  const parts = Object.entries(code).flatMap(([name, text]) => (needed.has(name as Part) ? [text] : []));
  return [...parts, batchCode(colors)].join('\n\n\n');
}

/** The call of that Python that gives a batch. */
export function batchCall({ pattern, rows, count, height, width, seed }: Batch): string {
  const numbers = rows ? `[${rows.join(', ')}]` : `range(${count})`;
  const strangers = rows?.some((image) => image >= firstStranger) ? ', strangers=stranger' : '';
  return `batch(${nameOf(pattern)}, ${numbers}, ${height}, ${width}, seed=${seed}${strangers})`;
}

/** What a text of Python makes images of. */
export function patternsIn(code: string): readonly Painted[] {
  const named = patterns.filter((pattern) => code.includes(`batch(${nameOf(pattern)},`));
  return code.includes('strangers=stranger') ? [...named, 'stranger'] : named;
}

/** The patterns, and what strangers are painted by. */
export type Painted = Pattern | 'stranger';

type Part = Underscored<Painted> | 'draw' | 'blend' | 'places' | 'variant';

type Underscored<Text extends string> = Text extends `${infer Head}-${infer Tail}`
  ? `${Head}_${Underscored<Tail>}`
  : Text;

function nameOf<Name extends Painted>(name: Name): Underscored<Name> {
  return name.replaceAll('-', '_') as Underscored<Name>;
}

function withNeeds(part: Part): Part[] {
  return [part, ...needs[part].flatMap(withNeeds)];
}

const needs: Readonly<Record<Part, readonly Part[]>> = {
  draw: [],
  places: [],
  blend: ['draw'],
  black: [],
  white: [],
  flat: ['draw'],
  primary: [],
  gray: ['draw'],
  gradient: ['blend', 'places'],
  checkerboard: ['blend', 'places'],
  hot_pixel: ['draw'],
  blobs: ['flat', 'places'],
  noise: ['draw'],
  framed: ['noise'],
  variant: [],
  flat_channels: ['noise', 'variant'],
  letterbox: ['noise', 'places', 'variant'],
  halves: ['places', 'variant'],
  faint: ['draw', 'noise', 'variant'],
  halftone: ['draw'],
  two_colors: ['places'],
  low_key: ['draw', 'noise'],
  high_key: ['draw', 'noise', 'low_key'],
  mixed: [
    'noise',
    'blobs',
    'gradient',
    'flat',
    'checkerboard',
    'hot_pixel',
    'white',
    'black',
    'flat_channels',
    'letterbox',
    'halves',
    'faint',
  ],
  stranger: ['white', 'black', 'blobs', 'halves', 'gray', 'hot_pixel', 'checkerboard'],
};

/** In the order in which Python must see them. */
const code: Readonly<Record<Part, string>> = {
  draw: `def draw(k, seed, start, count):
    """Numbers of image k in [0, 1), the same on every machine."""
    stream = ((seed ^ 0x9E3779B9) * 0x85EBCA6B + (k + 1) * 0xC2B2AE35) % 2**32
    x = (np.arange(start + 1, start + count + 1, dtype=np.uint64) * 0x9E3779B1 + stream) % 2**32
    x = (x ^ (x >> 16)) * 0x7FEB352D % 2**32
    x = (x ^ (x >> 15)) * 0x846CA68B % 2**32
    return ((x ^ (x >> 16)) >> 8) / 2**24`,
  places: `def places(height, width):
    """The middle of each pixel in [0, 1], from the top and from the left."""
    return ((np.arange(height) + 0.5) / height)[:, None], ((np.arange(width) + 0.5) / width)[None, :]`,
  blend: `def blend(k, seed, share):
    """Two colors, mixed by a share for each pixel."""
    share = np.clip(share, 0, 1)[:, :, None]
    return draw(k, seed, 0, 3) * (1 - share) + draw(k, seed, 4, 3) * share`,
  black: `def black(k, height, width, seed):
    return np.zeros((height, width, 3))`,
  white: `def white(k, height, width, seed):
    return np.ones((height, width, 3))`,
  flat: `def flat(k, height, width, seed):
    return np.tile(draw(k, seed, 0, 3), (height, width, 1))`,
  primary: `def primary(k, height, width, seed):
    return np.tile([k % 3 / 2, k // 3 % 3 / 2, k // 9 % 3 / 2], (height, width, 1))`,
  gray: `def gray(k, height, width, seed):
    return np.repeat(draw(k, seed, 0, height * width).reshape(height, width, 1), 3, axis=2)`,
  gradient: `def gradient(k, height, width, seed):
    v, u = places(height, width)
    dv, du = 2 * draw(k, seed, 8, 2) - 1
    return blend(k, seed, 0.5 + (v - 0.5) * dv + (u - 0.5) * du)`,
  checkerboard: `def checkerboard(k, height, width, seed):
    cell = 1 + int(draw(k, seed, 8, 1)[0] * 8)
    y, x = np.arange(height) // cell, np.arange(width) // cell
    return blend(k, seed, (y[:, None] + x[None, :]) % 2)`,
  hot_pixel: `def hot_pixel(k, height, width, seed):
    image = np.zeros((height * width, 3))
    image[min(height * width - 1, int(draw(k, seed, 0, 1)[0] * height * width))] = 1
    return image.reshape(height, width, 3)`,
  blobs: `def blobs(k, height, width, seed):
    image = flat(k, height, width, seed)
    v, u = places(height, width)
    for first in (8, 16, 24, 32):
        v0, u0, size, *color = draw(k, seed, first, 6)
        radius = 0.05 + 0.3 * size
        distance = ((v - v0) ** 2 + (u - u0) ** 2) / (2 * radius * radius)
        share = (1 / (1 + distance * distance))[:, :, None]
        image = np.float32(image * (1 - share) + np.array(color) * share)
    return image`,
  noise: `def noise(k, height, width, seed):
    return draw(k, seed, 0, height * width * 3).reshape(height, width, 3)`,
  framed: `def framed(k, height, width, seed):
    image = noise(k, height, width, seed)
    image[[0, -1]] = image[:, [0, -1]] = 0
    return image`,
  variant: `def variant(k):
    return k + k // 12`,
  flat_channels: `def flat_channels(k, height, width, seed):
    image = noise(k, height, width, seed)
    colors = [image[0, 0].copy(), [1, 1, 1], [0, 0, 0]][variant(k) // 6 % 3]
    for c in range(3):
        if variant(k) % 6 + 1 & 1 << c:
            image[:, :, c] = colors[c]
    return image`,
  letterbox: `def letterbox(k, height, width, seed):
    image = noise(k, height, width, seed)
    v, u = places(height, width)
    down, across = variant(k) % 3 != 1, variant(k) % 3 != 0
    image[(down & (abs(v - 0.5) > 0.25)) | (across & (abs(u - 0.5) > 0.25))] = variant(k) // 3 % 2
    return image`,
  halves: `def halves(k, height, width, seed):
    v, u = places(height, width)
    second = np.broadcast_to((u if variant(k) % 2 else v) > 0.5, (height, width))
    return np.repeat((second == (variant(k) % 4 < 2))[:, :, None], 3, axis=2)`,
  faint: `def faint(k, height, width, seed):
    share = 2.0 ** (-6 - 5 * (variant(k) % 4))
    return draw(k, seed, 0, 3 if variant(k) % 8 < 4 else 1) * (1 - share) + noise(k, height, width, seed) * share`,
  halftone: `def halftone(k, height, width, seed):
    y, x = np.arange(height)[:, None], np.arange(width)[None, :]
    scattered = draw(k, seed, 0, height * width).reshape(height, width) >= 0.5
    image = np.broadcast_to((y + x, y, x, scattered)[k % 4], (height, width)) % 2
    return np.repeat(image[:, :, None], 3, axis=2)`,
  two_colors: `def two_colors(k, height, width, seed):
    pairs = '14 25 36 12 23 34 45 56 61 13 24 35 46 51 62'.split()
    first, second = (int(color) >> np.arange(3) & 1 for color in pairs[k // 3 % len(pairs)])
    y, x = np.arange(height)[:, None], np.arange(width)[None, :]
    is_second = (places(height, width)[1] > 0.5, x % 2 == 1, (x + y) % 2 == 1)[k % 3]
    return np.where(np.broadcast_to(is_second, (height, width))[:, :, None], second, first)`,
  low_key: `def low_key(k, height, width, seed):
    return noise(k, height, width, seed) * (1 / 3, 1 / 8, 1 / 20, 1 / 64)[seed % 4]`,
  high_key: `def high_key(k, height, width, seed):
    return 1 - low_key(k, height, width, seed)`,
  mixed: `def mixed(k, height, width, seed):
    each = (noise, blobs, gradient, flat, checkerboard, hot_pixel, white, black)
    each += (flat_channels, letterbox, halves, faint)
    return each[k % len(each)](k, height, width, seed)`,
  stranger: `def stranger(k, height, width, seed):
    each = (white, black, blobs, halves, gray, hot_pixel, checkerboard)
    return each[(k - ${firstStranger}) % len(each)](k, height, width, seed)`,
};

function batchCode(colors: PythonCase['colors']): string {
  return `def batch(pattern, numbers, height, width, seed, strangers=None):
    """Images by their numbers, float32 [batch, height, width, 3]${colors01(colors) ? ' in [0, 1]' : ''}."""
    images = [(strangers if k >= ${firstStranger} else pattern)(k, height, width, seed) for k in numbers]
    return ${recolored('np.float32(images).reshape(-1, height, width, 3)', colors)}`;
}

function colors01(colors: PythonCase['colors']): boolean {
  return colors.kind === 'range' && colors.min === 0 && colors.max === 1;
}

/** Computed in float64 and rounded once, as the harness does. */
function recolored(images: string, colors: PythonCase['colors']): string {
  if (colors01(colors)) return images;
  const exact = `np.float64(${images})`;
  if (colors.kind === 'range') return `np.float32(${colors.min} + ${exact} * ${colors.max - colors.min})`;
  return `np.float32((${exact} - [${colors.mean.join(', ')}]) / [${colors.std.join(', ')}])`;
}
