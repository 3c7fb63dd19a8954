import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { codeFolder } from '../harness/verdict/package-files.js';

let digest: string | undefined;

/**
 * `sha256:` over the names and bytes of the code that runs, as that of a model is: another build may judge otherwise, whatever its
 * version says. What npm installs and a clone are alike, if they were built alike.
 */
export function toolDigest(): string {
  digest ??= `sha256:${folderDigest(codeFolder)}`;
  return digest;
}

/** SHA-256 over the names and bytes of all files in a folder, in hexadecimal. */
export function folderDigest(folder: string): string {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  const total = createHash('sha256');
  for (const name of names) {
    const sha256 = createHash('sha256').update(readFileSync(path.join(folder, name)));
    total.update(`${sha256.digest('hex')}  ${name}\n`);
  }
  return total.digest('hex');
}
