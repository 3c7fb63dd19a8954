import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { createReadStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { unlessSystemError } from '../verdict/system-error.js';
import { NotASavedModel } from './refusal.js';

/**
 * `sha256:` and 64 hexadecimal digits over every file of a folder, names and bytes; independent of their order and
 * of time stamps. It is what these commands print in the folder:
 *
 *     find . -type f | sed 's|^\./||' | LC_ALL=C sort | xargs -d '\n' sha256sum | sha256sum
 *
 * Links count as their targets where these lie inside the folder; a link that leads out counts by its name only.
 * Throws the file system's errors, and NotASavedModel for a file that is too large to be one of a model.
 */
export async function modelDigestOf(folder: string): Promise<string> {
  const root = await realpath(folder);
  const files = [...(await filesUnder(root, root, ''))];
  files.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  const total = createHash('sha256');
  for (const { name, path } of files) {
    total.update(`${path === undefined ? 'outside' : await fileDigest(path)}  ${name}\n`);
  }
  return `sha256:${total.digest('hex')}`;
}

/** A file by its name relative to the folder, with `/`; without a path when it must not be opened. */
type File = { readonly name: string; readonly path?: string };

async function filesUnder(root: string, folder: string, prefix: string): Promise<readonly File[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map((entry) => filesAt(root, folder, entry, `${prefix}${entry.name}`)),
  );
  return found.flat();
}

async function filesAt(root: string, folder: string, entry: Dirent, name: string): Promise<readonly File[]> {
  const path = join(folder, entry.name);
  if (entry.isDirectory()) return filesUnder(root, path, `${name}/`);
  if (entry.isFile()) return [{ name, path }];
  const target = entry.isSymbolicLink() ? await realpath(path).catch(unlessSystemError) : undefined;
  if (target === undefined || !isInside(root, target)) return [{ name }];
  const found = await stat(target);
  if (found.isFile()) return [{ name, path: target }];
  return found.isDirectory() && !isInside(target, path) ? filesUnder(root, target, `${name}/`) : [{ name }];
}

function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}

/** In bytes: no variables of an image model are so many. A file with holes may claim any size. */
const maxFileBytes = 2 ** 38;

async function fileDigest(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > maxFileBytes)
    throw new NotASavedModel(
      `${basename(path)} has ${Math.round(size / 2 ** 30)} GiB, more than any image model.`,
      'Copy or download the model again, or export it again.',
    );
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
