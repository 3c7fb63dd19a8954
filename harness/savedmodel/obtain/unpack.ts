import type { Stats } from 'node:fs';
import { access, mkdir, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { extract, list, type Parser, type ReadEntry } from 'tar';
import { unlessSystemError } from '../../verdict/system-error.js';
import { UserError } from '../../verdict/user-error.js';
import { entryDanger } from './entries.js';
import { ownName } from './leftovers.js';
import { type Archive, maxInflated, readTar } from './read-tar.js';
import { cannotUnpack, UnsafeArchive } from './refusals.js';

/** A model has some hundreds of files at most. */
const maxEntries = 10_000;

/**
 * Unpacks a `.tar` or `.tar.gz` into `target`, which then holds all of it or does not exist. Two processes may do it
 * at once: the first to finish puts its folder in place, the other discards its own.
 * Throws UnsafeArchive or CannotObtain.
 */
export async function unpack(
  archive: Archive,
  target: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const beside = ownName(target, 'unpacked');
  try {
    await mkdir(beside, { recursive: true });
    await extractSafely(archive, beside, signal);
    await refuseLinksOut(archive.path, beside);
    await putInPlace(beside, target);
  } finally {
    // An archive that turns out to be bad while it is unpacked may leave files on their way.
    await rm(beside, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** All of it is looked at before anything is written: tar opens thousands of files before the first is there. */
async function extractSafely(
  archive: Archive,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  await passThrough(archive, signal, (filter) => list({ ...plain, filter }));
  await passThrough(archive, signal, (filter) =>
    extract({ cwd: folder, ...plain, filter, onReadEntry: withoutSpecialBits }),
  );
}

/** What is compressed comes inflated, within limits. */
const plain = { strict: true, zstd: false };

type Filter = (path: string, entry: Stats | ReadEntry) => boolean;

/** Ends at the first entry that is refused: what follows may be without end. */
async function passThrough(
  archive: Archive,
  signal: AbortSignal | undefined,
  reader: (filter: Filter) => Parser,
): Promise<void> {
  const refused = new AbortController();
  const accepts = acceptance(archive.path, (await stat(archive.path)).size);
  const filter: Filter = (_path, entry) => {
    // A Stats comes only where an archive is made.
    const refusal = accepts(entry as ReadEntry);
    if (refusal !== undefined) refused.abort(refusal);
    return !refused.signal.aborted;
  };
  try {
    await readTar(archive, reader(filter), refused, signal);
  } catch (error) {
    if (refused.signal.aborted) throw asError(refused.signal.reason);
    if (signal?.aborted) throw asError(signal.reason);
    if (error instanceof UserError) throw error;
    throw cannotUnpack(archive.path, asError(error).message, { cause: error });
  }
}

/** Why an entry is refused, if it is; each is told once, in order. */
function acceptance(archive: string, packedBytes: number): (entry: ReadEntry) => UnsafeArchive | undefined {
  let bytes = 0;
  let entries = 0;
  return (entry) => {
    bytes += entry.size;
    entries += 1;
    const danger = entryDanger(entry) ?? excess(bytes, entries, packedBytes);
    return danger === undefined ? undefined : new UnsafeArchive(archive, entry.path, danger);
  };
}

function excess(bytes: number, entries: number, packedBytes: number): string | undefined {
  if (entries > maxEntries) return `is the ${entries}th entry; a model has at most ${maxEntries} files`;
  const { most, why } = maxInflated(packedBytes);
  return bytes > most ? `makes it ${why}` : undefined;
}

/** Nothing in a model is run, by whomever. */
function withoutSpecialBits(entry: ReadEntry): void {
  if (entry.mode !== undefined)
    entry.mode = (entry.mode & 0o755) | 0o600 | (entry.type === 'Directory' ? 0o100 : 0);
}

/** Links can lead through other links, which shows only in the unpacked folder. */
async function refuseLinksOut(archive: string, root: string): Promise<void> {
  const realRoot = await realpath(root);
  for await (const path of linksIn(root)) {
    const target = await realpath(path).catch(unlessSystemError);
    if (target === undefined) throw new UnsafeArchive(archive, relative(root, path), 'links to nothing');
    if (target !== realRoot && !target.startsWith(realRoot + sep)) {
      throw new UnsafeArchive(archive, relative(root, path), 'leads outside the folder through another link');
    }
  }
}

/** Not `readdir` with `recursive`, which follows links. */
async function* linksIn(folder: string): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) yield path;
    else if (entry.isDirectory()) yield* linksIn(path);
  }
}

async function putInPlace(folder: string, target: string): Promise<void> {
  try {
    await rename(folder, target);
  } catch (error) {
    if (!(await exists(target))) throw error;
  }
}

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
