import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** The digest of a file's bytes, read in pieces. */
export async function digestOf(
  file: string,
  algorithm: 'sha256' | 'sha512',
  encoding: 'hex' | 'base64',
  signal?: AbortSignal,
): Promise<string> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash, signal ? { signal } : {});
  return hash.digest(encoding);
}

/** Hex sha256 of a file. */
export const sha256Of = (file: string, signal?: AbortSignal): Promise<string> =>
  digestOf(file, 'sha256', 'hex', signal);
