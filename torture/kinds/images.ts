import { readFileSync } from 'node:fs';
import fc, { type Arbitrary } from 'fast-check';
import { inProject } from '../../proof/project.js';
import type { Format, Kind } from '../kind.js';
import { anyDamage, fraction, itemAt } from '../mutations/bytes.js';
import { isFrame, jpegOf, type Segment, segmentsOf } from '../mutations/jpeg.js';
import { type Chunk, type Header, pngOf, smallPng } from '../mutations/png.js';

const jpeg = readFileSync(inProject('specs', 'shapes-classifier', 'red-cross.jpg'));
const bmp = readFileSync(inProject('specs', 'shapes-classifier', 'blue-cross.bmp'));
const webp = readFileSync(inProject('specs', 'shapes-classifier', 'blue-circle.webp'));
const gif = Buffer.from('R0lGODlhAgACAIABAAAAAP///yH5BAEKAAEALAAAAAACAAIAAAICRF4AOw==', 'base64');

/** Ways to spoil images, each by name. */
const ways: Readonly<Record<string, Arbitrary<Uint8Array>>> = {
  'PNG: any bytes changed': anyDamage.map((damage) => damage(pngOf(smallPng()))),
  'PNG: sizes of 0 up to 2^32 - 1': fc
    .record({ width: sizes(), height: sizes() })
    .map((size) => pngOf(smallPng(size))),
  'PNG: other bit depths, colour types and methods': headers().map((header) => pngOf(smallPng(header))),
  'PNG: chunks missing, doubled or in another order': orders(5).map((order) =>
    pngOf(inOrder(smallPng({ color: 3 }), order)),
  ),
  'PNG: chunks with other content': fc
    .tuple(fraction(), anyDamage)
    .map(([at, damage]) => pngOf(withChunk(at, (chunk) => ({ ...chunk, data: damage(chunk.data) })))),
  'PNG: palettes of wrong sizes': fc.nat(1000).map((count) => pngOf(withPalette(new Uint8Array(count)))),
  'PNG: lengths of chunks that lie': fc
    .tuple(fraction(), sizes())
    .map(([at, length]) => pngOf(withChunk(at, (chunk) => ({ ...chunk, length })))),
  'PNG: checksums that are wrong': fc
    .tuple(fraction(), sizes())
    .map(([at, checksum]) => pngOf(withChunk(at, (chunk) => ({ ...chunk, checksum })))),
  'PNG: chunks of other types': fc
    .tuple(fraction(), chunkTypes(), fc.uint8Array({ maxLength: 40 }))
    .map(([at, type, data]) => pngOf(withChunk(at, (chunk) => [chunk, { type, data }]))),
  'JPEG: any bytes changed': anyDamage.map((damage) => damage(jpeg)),
  'JPEG: segments missing, doubled or in another order': orders(12).map((order) =>
    withSegments((all) => inOrder(all, order)),
  ),
  'JPEG: segments with other content': fc
    .tuple(fraction(), anyDamage)
    .map(([at, damage]) =>
      withSegments((all) => changedAt(all, at, (one) => ({ ...one, data: damage(one.data) }))),
    ),
  'JPEG: lengths of segments that lie': fc
    .tuple(fraction(), fc.nat(0xffff))
    .map(([at, length]) => withSegments((all) => changedAt(all, at, (one) => ({ ...one, length })))),
  'JPEG: other sizes and components': frames().map((frame) =>
    withSegments((all) => all.map((one) => (isFrame(one) ? { ...one, data: frame(one.data) } : one))),
  ),
  'JPEG: other markers': fc
    .tuple(fraction(), fc.nat(255))
    .map(([at, marker]) => withSegments((all) => changedAt(all, at, (one) => ({ ...one, marker })))),
  'BMP: any bytes changed': anyDamage.map((damage) => damage(bmp)),
  'BMP: fields of the header': fc
    .tuple(fc.constantFrom(2, 10, 14, 18, 22, 26, 28, 30, 34, 46), sizes())
    .map(([at, value]) => withNumber(bmp, at, value)),
  'GIF: any bytes changed': anyDamage.map((damage) => damage(gif)),
  'WebP: any bytes changed': anyDamage.map((damage) => damage(webp)),
  'WebP: sizes of chunks': fc
    .tuple(fc.constantFrom(4, 12, 16, 20, 24, 26), sizes())
    .map(([at, value]) => withNumber(webp, at, value)),
  'any format: its first bytes, then others': fc
    .tuple(beginnings(), fc.uint8Array({ maxLength: 200 }))
    .map((parts) => Buffer.concat(parts)),
};

/** Everything that can happen to images: as their format is recognized, and as TensorFlow decodes them. */
export const imageKinds: readonly Kind[] = [...kindsFor('image', 0.5), ...kindsFor('decoded image', 0.7)];

function kindsFor(format: Format, share: number): Kind[] {
  return Object.entries(ways).map(([name, images]) => ({
    format,
    name,
    share,
    inputs: images.map((bytes) => ({ files: { image: bytes } })),
  }));
}

function sizes(): Arbitrary<number> {
  const extremes = [
    0,
    1,
    2,
    7,
    9,
    0x7fff,
    0x8000,
    0xffff,
    0x10000,
    46_341,
    2 ** 28,
    2 ** 31 - 1,
    2 ** 31,
    2 ** 32 - 1,
  ];
  return fc.oneof(fc.nat(64), fc.constantFrom(...extremes));
}

function headers(): Arbitrary<Header> {
  const small = fc.oneof(fc.nat(17), fc.nat(255));
  return fc.record(
    { depth: small, color: small, compression: small, filter: small, interlace: small },
    { requiredKeys: [] },
  );
}

function orders(count: number): Arbitrary<number[]> {
  return fc.array(fc.nat(count - 1), { maxLength: count + 2 });
}

function inOrder<T>(items: readonly T[], order: readonly number[]): T[] {
  return order.flatMap((place) => items[place] ?? []);
}

function changedAt<T>(items: readonly T[], at: number, change: (item: T) => T | T[]): T[] {
  const chosen = itemAt(items, at);
  return items.flatMap((item) => (item === chosen ? change(item) : item));
}

function withChunk(at: number, change: (chunk: Chunk) => Chunk | Chunk[]): readonly Chunk[] {
  return changedAt(smallPng({ color: 3 }), at, change);
}

function withPalette(data: Uint8Array): readonly Chunk[] {
  return smallPng({ color: 3 }).map((chunk) => (chunk.type === 'PLTE' ? { ...chunk, data } : chunk));
}

function chunkTypes(): Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom(
      'tRNS',
      'gAMA',
      'cHRM',
      'iCCP',
      'sRGB',
      'tEXt',
      'zTXt',
      'iTXt',
      'bKGD',
      'hIST',
      'acTL',
      'fcTL',
      'fdAT',
      'eXIf',
      'IDAT',
      'IHDR',
      'ABCD',
    ),
    fc.string({ minLength: 4, maxLength: 4 }),
  );
}

function withSegments(change: (segments: readonly Segment[]) => readonly Segment[]): Uint8Array {
  const { segments, rest } = segmentsOf(jpeg);
  return jpegOf(change(segments), rest);
}

/** A frame's header: precision, height, width, and the number of components with their factors. */
function frames(): Arbitrary<(data: Uint8Array) => Uint8Array> {
  const place = fc.integer({ min: 0, max: 14 });
  return fc
    .array(fc.tuple(place, fc.oneof(fc.nat(255), fc.constantFrom(0, 255))), { minLength: 1, maxLength: 5 })
    .map((puts) => (data) => {
      const changed = Buffer.from(data);
      for (const [at, byte] of puts) if (at < changed.length) changed[at] = byte;
      return changed;
    });
}

function withNumber(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const changed = Buffer.from(bytes);
  changed.writeUInt32LE(value >>> 0, at);
  return changed;
}

function beginnings(): Arbitrary<Uint8Array> {
  const texts = [
    '\x89PNG\r\n\x1a\n',
    '\xff\xd8\xff',
    'RIFF\0\0\0\0WEBPVP8 ',
    'RIFF\0\0\0\0WEBPVP8L',
    'BM',
    'GIF89a',
    'GIF87a',
    'II*\0',
    'MM\0*',
    '\0\0\0\0ftypavif',
    '\0\0\0\0ftypheic',
    '\xff\x0a',
    '',
    '\x89PN',
  ];
  return fc.constantFrom(...texts).map((text) => Buffer.from(text, 'latin1'));
}
