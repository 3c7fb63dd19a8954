import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelLocation } from '../../contract/contract.js';
import { unlessAbsent } from '../../verdict/system-error.js';
import { archiveDigestOf, expectDigest } from './digest.js';
import { type DownloadOptions, download } from './download.js';
import { ownName, removeLeftovers } from './leftovers.js';
import { CannotObtain } from './refusals.js';
import { exists, unpack } from './unpack.js';

export type ObtainOptions = DownloadOptions & {
  /** Where archives are unpacked, each under its SHA-256; made when missing. */
  readonly cacheFolder: string;
  /** For all of it; default: none. */
  readonly deadlineMs?: number;
};

export type ObtainedModel = {
  /** The folder that holds `saved_model.pb`, if the model has one. */
  readonly folder: string;
  /** SHA-256 of the archive, in lower-case hexadecimal. */
  readonly archiveDigest?: string;
};

/**
 * Provides a model as a folder: as it is, or unpacked once into the cache, or downloaded first.
 * Throws CannotObtain (missing, not an archive, another hash than pinned) or UnsafeArchive.
 */
export async function obtainModel(location: ModelLocation, options: ObtainOptions): Promise<ObtainedModel> {
  const { deadlineMs, signal } = options;
  if (deadlineMs === undefined) return obtain(location, options);
  const late = AbortSignal.timeout(Math.min(deadlineMs, maxTimeoutMs));
  try {
    return await obtain(location, {
      ...options,
      signal: AbortSignal.any([late, ...(signal ? [signal] : [])]),
    });
  } catch (error) {
    if (!late.aborted) throw error;
    throw new CannotObtain(
      `The model was not there within ${deadlineMs / 1000} s`,
      'Raise limits.model_deadline in the spec, or download and unpack it before, and set `model` to its folder.',
      { cause: error },
    );
  }
}

/** Timers count in 32 bits. */
const maxTimeoutMs = 2 ** 31 - 1;

async function obtain(location: ModelLocation, options: ObtainOptions): Promise<ObtainedModel> {
  if (location.kind === 'folder') return { folder: location.path };
  await removeLeftovers(options.cacheFolder);
  switch (location.kind) {
    case 'archive':
      return fromArchive(location.path, location.sha256, options);
    case 'url':
      return fromUrl(location.url, location.sha256.toLowerCase(), options);
  }
}

async function fromArchive(
  path: string,
  promised: string | undefined,
  options: ObtainOptions,
): Promise<ObtainedModel> {
  const stats = await stat(path).catch(unlessAbsent);
  if (!stats?.isFile()) {
    throw new CannotObtain(
      `The archive ${path} does not exist`,
      'Check the path: it must name a .tar.gz or .tar.',
    );
  }
  const digest = await archiveDigestOf(path, options.signal);
  if (promised !== undefined) expectDigest(digest, promised, path);
  const target = unpackedFolder(digest, options);
  if (!(await exists(target))) await unpack({ path, digest }, target, options.signal);
  return { folder: await modelWithin(target), archiveDigest: digest };
}

async function fromUrl(url: string, promised: string, options: ObtainOptions): Promise<ObtainedModel> {
  const target = unpackedFolder(promised, options);
  if (!(await exists(target))) await downloadInto(target, url, promised, options);
  return { folder: await modelWithin(target), archiveDigest: promised };
}

async function downloadInto(
  target: string,
  url: string,
  promised: string,
  options: ObtainOptions,
): Promise<void> {
  await mkdir(options.cacheFolder, { recursive: true });
  const file = ownName(target, 'download');
  try {
    expectDigest(await download(url, file, options), promised, url);
    await unpack({ path: file, digest: promised }, target, options.signal);
  } finally {
    await rm(file, { force: true });
  }
}

function unpackedFolder(digest: string, { cacheFolder }: ObtainOptions): string {
  return join(cacheFolder, digest);
}

/** Some archives hold the model's files, others the folder with them. */
async function modelWithin(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  if (entries.some((entry) => entry.name.startsWith('saved_model.pb'))) return folder;
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('__MACOSX'));
  const [only, another] = folders;
  return only !== undefined && another === undefined ? join(folder, only.name) : folder;
}
