import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { CannotObtain } from './refusals.js';

/** SHA-256 of a file, in lower-case hexadecimal. */
export async function archiveDigestOf(path: string, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash, { signal });
  return hash.digest('hex');
}

/** Throws CannotObtain when an archive does not have the hash that the spec pins. */
export function expectDigest(actual: string, promised: string, archive: string): void {
  if (actual === promised.toLowerCase()) return;
  throw new CannotObtain(
    `${archive} is not the archive that the spec pins: its SHA-256 is ${actual}, the spec has ${promised}`,
    'If the archive was meant to change, put its new SHA-256 into the spec; otherwise do not trust it.',
  );
}
