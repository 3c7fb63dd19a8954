import { createHash } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { PassThrough, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Parser } from 'tar';
import { CannotObtain, cannotUnpack } from './refusals.js';

/** An archive, and the SHA-256 that it had when it was accepted. */
export type Archive = { readonly path: string; readonly digest: string };

/** In bytes, unpacked; the largest published image models have about 10 GiB. */
const maxUnpackedBytes = 64 * 1024 ** 3;

/** Zeros compress to a thousandth: beyond this many bytes, what holds more of them than so many per byte packed is no model. */
const trustedBytes = 2 ** 30;
const maxRatio = 1000;

/** What is read is written at once, so that a longer wait is one without end. */
const standstillMs = 60_000;

/** The most bytes that an archive of this size may hold, and what it is that holds more. */
export function maxInflated(packedBytes: number): { most: number; why: string } {
  const most = Math.max(trustedBytes, maxRatio * packedBytes);
  return most < maxUnpackedBytes
    ? { most, why: `hold more than ${maxRatio} times its own size` }
    : { most: maxUnpackedBytes, why: `exceed ${maxUnpackedBytes} bytes` };
}

/**
 * Gives a tar, inflated, to a parser. `refused` ends it. Bytes beyond the end of the tar are not given to the parser, which
 * would keep them all. @throws CannotObtain where they are no tar, too many, or others than were accepted
 */
export async function readTar(
  { path, digest }: Archive,
  parser: Parser,
  refused: AbortController,
  signal: AbortSignal | undefined,
): Promise<void> {
  const hash = createHash('sha256');
  const source = createReadStream(path);
  const endWatch = watchProgress(source, () =>
    refused.abort(cannotUnpack(path, `nothing of it could be read or written for ${standstillMs / 1000} s`)),
  );
  const hashed = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
  const either = AbortSignal.any([refused.signal, ...(signal ? [signal] : [])]);
  const stages = [hashed, await inflation(path), upToItsEnd(path, (await stat(path)).size, parser)] as const;
  // The parser is no stream of Node, and waits without end after a generator.
  await pipeline(source, ...stages, new PassThrough(), parser, { signal: either }).finally(endWatch);
  if (hash.digest('hex') === digest) return;
  throw new CannotObtain(
    `${path} changed while it was unpacked.`,
    'Check it again once nothing writes to it.',
  );
}

/** By its first bytes, as names may be wrong. */
async function inflation(path: string): Promise<Transform> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return isGzip(buffer) ? createGunzip({ chunkSize: 2 ** 18 }) : new PassThrough();
  } finally {
    await file.close();
  }
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

function upToItsEnd(path: string, packedBytes: number, parser: Parser) {
  const { most, why } = maxInflated(packedBytes);
  let ended = false;
  parser.on('eof', () => {
    ended = true;
  });
  return async function* (chunks: AsyncIterable<Buffer>) {
    let bytes = 0;
    let start: Uint8Array = Buffer.of();
    for await (const chunk of chunks) {
      if (bytes < 2) start = Buffer.concat([start, chunk.subarray(0, 2)]);
      // The parser would inflate what is compressed twice, unseen by this count.
      if (isGzip(start)) throw cannotUnpack(path, 'it is compressed twice');
      bytes += chunk.length;
      if (bytes > most) throw cannotUnpack(path, `it would ${why}`);
      if (!ended) yield chunk;
    }
  };
}

/** Calls once when nothing more of a file has been read for a while; returns what ends the watch. */
function watchProgress(source: ReadStream, stands: () => void): () => void {
  let before = -1;
  const timer = setInterval(() => {
    if (source.bytesRead === before) stands();
    before = source.bytesRead;
  }, standstillMs);
  return () => clearInterval(timer);
}
