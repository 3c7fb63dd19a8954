import { createHash } from 'node:crypto';
import { type ModelFile, modelFilesOf } from './model-files.js';

/**
 * `sha256:` and 64 hexadecimal digits over every file of a folder, names and bytes; independent of their order and
 * of time stamps. It is what these commands print in the folder:
 *
 *     find . -type f | sed 's|^\./||' | LC_ALL=C sort | xargs -d '\n' sha256sum | sha256sum
 *
 * Links count as their targets where these lie inside the folder; a link that leads out, or to a folder around it, counts by
 * its name and its text. Throws the file system's errors, and NotASavedModel as `modelFilesOf` does.
 */
export async function modelDigestOf(folder: string): Promise<string> {
  return `sha256:${dirHashOf(await modelFilesOf(folder))}`;
}

/** in-toto's `dirHash`, which is Hash1 of Go's dirhash, in hexadecimal. */
export function dirHashOf(files: readonly ModelFile[]): string {
  const sorted = [...files].sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  const total = createHash('sha256');
  for (const file of sorted) total.update(`${file.sha256 ?? textOf(file)}  ${file.name}\n`);
  return total.digest('hex');
}

/** Another text than the digest of any file. */
function textOf({ leadsTo }: ModelFile): string {
  return `outside ${createHash('sha256')
    .update(JSON.stringify(leadsTo ?? null))
    .digest('hex')}`;
}
