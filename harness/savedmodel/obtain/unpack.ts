import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import { access, mkdir, readdir, realpath, rename, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { extract, type ReadEntry } from 'tar';
import { unlessSystemError } from '../../verdict/system-error.js';
import { entryDanger } from './entries.js';
import { CannotObtain, UnsafeArchive } from './refusals.js';

/** In bytes, unpacked; the largest published image models have about 10 GiB. */
const maxUnpackedBytes = 64 * 1024 ** 3;

/**
 * Unpacks a `.tar` or `.tar.gz` into `target`, which then holds all of it or does not exist. Two processes may do it
 * at once: the first to finish puts its folder in place, the other discards its own.
 * Throws UnsafeArchive or CannotObtain.
 */
export async function unpack(
  archive: string,
  target: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const beside = `${target}.${randomBytes(6).toString('hex')}`;
  try {
    await mkdir(beside, { recursive: true });
    await extractSafely(archive, beside, signal);
    await refuseLinksOut(archive, beside);
    await putInPlace(beside, target);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

async function extractSafely(
  archive: string,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  let refusal: Error | undefined;
  let bytes = 0;
  const accepts = (entry: ReadEntry): boolean => {
    bytes += entry.size;
    refusal ??= signal?.aborted ? asError(signal.reason) : refusalOf(archive, entry, bytes);
    return refusal === undefined;
  };
  try {
    // A Stats comes only where an archive is made.
    const filter = (_path: string, entry: Stats | ReadEntry) => accepts(entry as ReadEntry);
    await extract({ file: archive, cwd: folder, strict: true, filter });
  } catch (error) {
    throw (
      refusal ??
      new CannotObtain(
        `${archive} cannot be unpacked: ${asError(error).message}`,
        'Use a .tar or .tar.gz of the folder that has saved_model.pb; download it again if it came over a network.',
        { cause: error },
      )
    );
  }
  if (refusal !== undefined) throw refusal;
}

function refusalOf(archive: string, entry: ReadEntry, bytes: number): Error | undefined {
  const danger = entryDanger(entry);
  if (danger !== undefined) return new UnsafeArchive(archive, entry.path, danger);
  if (bytes <= maxUnpackedBytes) return undefined;
  return new UnsafeArchive(archive, entry.path, `makes the unpacked size exceed ${maxUnpackedBytes} bytes`);
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
