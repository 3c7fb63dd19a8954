import { crc32, deflateSync } from 'node:zlib';

/** A chunk of a PNG; its length and checksum are right unless they are given. */
export type Chunk = {
  readonly type: string;
  readonly data: Uint8Array;
  readonly length?: number;
  readonly checksum?: number;
};

/** What a header of a PNG says. */
export type Header = {
  readonly width?: number;
  readonly height?: number;
  readonly depth?: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha. */
  readonly color?: number;
  readonly compression?: number;
  readonly filter?: number;
  readonly interlace?: number;
};

const magic = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

export function pngOf(chunks: readonly Chunk[]): Uint8Array {
  return Buffer.concat([magic, ...chunks.map(bytesOf)]);
}

/** A small picture of RGB values, or of a palette, as chunks. */
export function smallPng(header: Header = {}): readonly Chunk[] {
  const palette = { type: 'PLTE', data: Uint8Array.from({ length: 48 }, (_, at) => at * 5) };
  const indexed = header.color === 3;
  return [
    headerChunk(header),
    ...(indexed ? [palette] : []),
    { type: 'IDAT', data: deflateSync(rowsOf(indexed ? 8 : 24, indexed ? 16 : 256)) },
    { type: 'IEND', data: new Uint8Array() },
  ];
}

/** Eight rows of so many bytes below a limit, each after the byte that names its filter: none. */
function rowsOf(count: number, below: number): Uint8Array {
  return Uint8Array.from({ length: 8 * (count + 1) }, (_, at) =>
    at % (count + 1) === 0 ? 0 : (at * 7) % below,
  );
}

function headerChunk({
  width = 8,
  height = 8,
  depth = 8,
  color = 2,
  compression = 0,
  filter = 0,
  interlace = 0,
}: Header): Chunk {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width >>> 0, 0);
  data.writeUInt32BE(height >>> 0, 4);
  data.set([depth, color, compression, filter, interlace], 8);
  return { type: 'IHDR', data };
}

function bytesOf({ type, data, length = data.length, checksum }: Chunk): Uint8Array {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(length >>> 0, 0);
  ends.writeUInt32BE(checksum ?? crc32(typed), 4);
  return Buffer.concat([ends.subarray(0, 4), typed, ends.subarray(4)]);
}
