import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { createReadStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { unlessSystemError } from '../verdict/system-error.js';
import { NotASavedModel } from './refusal.js';

/** A file of a model by its name relative to the folder, with `/`. */
export type ModelFile = {
  readonly name: string;
  /** SHA-256 of its bytes, in hexadecimal; undefined for what must not be opened: a link that leads out, a device. */
  readonly sha256: string | undefined;
};

/**
 * Every file of a folder, links as what they lead to where that lies inside, in no order.
 * Throws the file system's errors, and NotASavedModel for a file that is too large to be one of a model.
 */
export async function modelFilesOf(folder: string): Promise<readonly ModelFile[]> {
  const root = await realpath(folder);
  const files: ModelFile[] = [];
  for (const { name, path } of await filesUnder(root, root, ''))
    files.push({ name, sha256: path === undefined ? undefined : await fileDigest(path) });
  return files;
}

type Found = { readonly name: string; readonly path?: string };

async function filesUnder(root: string, folder: string, prefix: string): Promise<readonly Found[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map((entry) => filesAt(root, folder, entry, `${prefix}${entry.name}`)),
  );
  return found.flat();
}

async function filesAt(root: string, folder: string, entry: Dirent, name: string): Promise<readonly Found[]> {
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
