import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { createReadStream } from 'node:fs';
import { readdir, readlink, realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { unlessSystemError } from '../verdict/system-error.js';
import { NotASavedModel } from './refusal.js';

/** A file of a model by its name relative to the folder, with `/`. */
export type ModelFile = {
  readonly name: string;
  /** SHA-256 of its bytes, in hexadecimal; undefined for what must not be opened: a link that leads out, a device. */
  readonly sha256: string | undefined;
  /** Of a link that is not followed: its text. */
  readonly leadsTo?: string | undefined;
};

/**
 * Every file of a folder, links as what they lead to where that lies inside, in no order.
 * Throws the file system's errors, and NotASavedModel for a file that is too large to be one of a model, or has a line break
 * in its name, which would make lists of names ambiguous.
 */
export async function modelFilesOf(folder: string): Promise<readonly ModelFile[]> {
  const files: ModelFile[] = [];
  for (const { name, path, leadsTo } of await pathsIn(folder))
    files.push({ name, sha256: path === undefined ? undefined : await fileDigest(path), leadsTo });
  return files;
}

/** A file by its name in the model; `path`: of what is to be opened for it. */
export type FoundFile = Pick<ModelFile, 'name' | 'leadsTo'> & { readonly path?: string };

/** As `modelFilesOf`, without reading the files. Links that lead in a circle are not followed. */
export async function pathsIn(folder: string): Promise<readonly FoundFile[]> {
  const root = await realpath(folder);
  return filesUnder({ root, folder: root, above: [root], count: { files: 0 } }, '');
}

/** `above`: the folders that are being looked into, links resolved; `count`: of all files so far. */
type Place = {
  readonly root: string;
  readonly folder: string;
  readonly above: readonly string[];
  readonly count: { files: number };
};

/** More than any image model has; links to each other's folders multiply. */
const maxFiles = 100_000;

async function filesUnder(place: Place, prefix: string): Promise<readonly FoundFile[]> {
  const found: FoundFile[] = [];
  for (const entry of await readdir(place.folder, { withFileTypes: true })) {
    place.count.files += 1;
    if (place.count.files > maxFiles)
      throw new NotASavedModel(
        `The folder has more than ${maxFiles} files, links followed.`,
        'Remove what does not belong to the model, and links between its folders.',
      );
    found.push(...(await filesAt(place, entry, `${prefix}${entry.name}`)));
  }
  return found;
}

async function filesAt(place: Place, entry: Dirent, name: string): Promise<readonly FoundFile[]> {
  const { root, folder } = place;
  const path = join(folder, entry.name);
  const inFolder = (inside: string) =>
    filesUnder({ ...place, folder: inside, above: [...place.above, inside] }, `${name}/`);
  if (entry.name.includes('\n'))
    throw new NotASavedModel(`${JSON.stringify(name)} has a line break in its name.`, 'Rename the file.');
  if (entry.isDirectory()) return inFolder(path);
  if (entry.isFile()) return [{ name, path }];
  if (!entry.isSymbolicLink()) return [{ name }];
  const target = await realpath(path).catch(unlessSystemError);
  const found = target !== undefined && isInside(root, target) ? await stat(target) : undefined;
  if (target !== undefined && found?.isFile()) return [{ name, path: target }];
  if (target !== undefined && found?.isDirectory() && !place.above.includes(target)) return inFolder(target);
  return [{ name, leadsTo: await readlink(path) }];
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
