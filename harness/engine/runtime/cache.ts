import { access, constants, mkdir, readdir, statfs } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { unlessSystemError } from '../../verdict/system-error.js';
import { tfjsNode } from './pins.js';
import { SourceUnavailable } from './source-unavailable.js';

/** The folder of all runtimes: `ASSAY_CACHE`, or the user's cache folder. */
export function cacheFolder(): string {
  const asked = process.env.ASSAY_CACHE;
  return asked ? resolve(asked) : envPaths('model-assay', { suffix: '' }).cache;
}

/** The folder for one runtime; `what` identifies it: `tensorflow-2.21.0`. */
export function runtimeFolder(what: string, platform: string): string {
  return join(cacheFolder(), 'runtimes', `${what}-${platform}-tfjs-node-${tfjsNode.version}`);
}

/** Every folder in the cache that may hold a runtime, sorted by name. */
export async function runtimeFolders(): Promise<string[]> {
  const parent = join(cacheFolder(), 'runtimes');
  const entries = await readdir(parent, { withFileTypes: true }).catch(unlessSystemError);
  const folders = (entries ?? []).filter(
    (entry) => entry.isDirectory() && !/\.(lock|part-.*)$/.test(entry.name),
  );
  return folders.map((entry) => join(parent, entry.name)).sort();
}

/** Makes a folder of the cache; @throws SourceUnavailable with the remedy where it cannot be made. */
export async function makeCacheFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw diskError(folder, error) ?? error;
  }
}

/** How to report a file system error that is the disk's fault and not ours; undefined for any other error. */
export function diskError(folder: string, error: unknown): SourceUnavailable | undefined {
  const { code = '', message = '' } = error as NodeJS.ErrnoException;
  if (/^(ENOSPC|EDQUOT)$/.test(code))
    return new SourceUnavailable(`The disk is full: ${folder}.`, freeSpaceRemedy);
  if (!/^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST|ENOENT)$/.test(code)) return undefined;
  return new SourceUnavailable(
    `The cache folder ${folder} cannot be written: ${message}.`,
    'Set ASSAY_CACHE to a folder that you can write to.',
  );
}

const freeSpaceRemedy = 'Free some space, or set ASSAY_CACHE to a folder on another disk.';

/** Throws before a step that would fill the disk. */
export async function checkFreeSpace(folder: string, neededBytes: number): Promise<void> {
  const free = await freeBytes(folder);
  if (free >= neededBytes) return;
  throw new SourceUnavailable(
    `The disk is too full: ${megabytes(neededBytes)} are needed in ${cacheFolder()}, ${megabytes(free)} are free.`,
    freeSpaceRemedy,
  );
}

export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

export const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
