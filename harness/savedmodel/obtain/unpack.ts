import { randomBytes } from 'node:crypto';
import { createReadStream, type ReadStream, type Stats } from 'node:fs';
import { access, mkdir, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract, list, type ReadEntry } from 'tar';
import { unlessSystemError } from '../../verdict/system-error.js';
import { entryDanger } from './entries.js';
import { CannotObtain, UnsafeArchive } from './refusals.js';

/** In bytes, unpacked; the largest published image models have about 10 GiB. */
const maxUnpackedBytes = 64 * 1024 ** 3;

/** Zeros compress to a thousandth: beyond this many bytes, what holds more of them than so many per byte packed is no model. */
const trustedBytes = 2 ** 30;
const maxRatio = 1000;

/** What is read is written at once, so that a longer wait is one without end. */
const standstillMs = 60_000;

/** A model has some hundreds of files at most. */
const maxEntries = 10_000;

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
    // An archive that turns out to be bad while it is unpacked may leave files on their way.
    await rm(beside, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** All of it is looked at before anything is written: tar opens thousands of files before the first is there. */
async function extractSafely(
  archive: string,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  await passThrough(archive, signal, (filter) => list({ strict: true, filter }));
  await passThrough(archive, signal, (filter) =>
    extract({ cwd: folder, strict: true, filter, onReadEntry: withoutSpecialBits }),
  );
}

type Filter = (path: string, entry: Stats | ReadEntry) => boolean;

/** Ends at the first entry that is refused: what follows may be without end. */
async function passThrough(
  archive: string,
  signal: AbortSignal | undefined,
  reader: (filter: Filter) => NodeJS.WritableStream,
): Promise<void> {
  const refused = new AbortController();
  const accepts = acceptance(archive, (await stat(archive)).size);
  const filter: Filter = (_path, entry) => {
    // A Stats comes only where an archive is made.
    const refusal = accepts(entry as ReadEntry);
    if (refusal !== undefined) refused.abort(refusal);
    return !refused.signal.aborted;
  };
  try {
    const either = AbortSignal.any([refused.signal, ...(signal ? [signal] : [])]);
    const source = createReadStream(archive);
    const endWatch = watchProgress(source, () => refused.abort(standstill(archive)));
    await pipeline(source, reader(filter), { signal: either }).finally(endWatch);
  } catch (error) {
    if (refused.signal.aborted) throw asError(refused.signal.reason);
    if (signal?.aborted) throw asError(signal.reason);
    throw new CannotObtain(
      `${archive} cannot be unpacked: ${asError(error).message}`,
      'Use a .tar or .tar.gz of the folder that has saved_model.pb; download it again if it came over a network.',
      { cause: error },
    );
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

/** Calls once when nothing more of a file has been read for a while; returns what ends the watch. */
function watchProgress(source: ReadStream, stands: () => void): () => void {
  let before = -1;
  const timer = setInterval(() => {
    if (source.bytesRead === before) stands();
    before = source.bytesRead;
  }, standstillMs);
  return () => clearInterval(timer);
}

function standstill(archive: string): CannotObtain {
  const why = `nothing of it could be read or written for ${standstillMs / 1000} s`;
  return new CannotObtain(
    `${archive} cannot be unpacked: ${why}`,
    'Pack the model anew, from inside its folder.',
  );
}

function excess(bytes: number, entries: number, packedBytes: number): string | undefined {
  if (entries > maxEntries) return `is the ${entries}th entry; a model has at most ${maxEntries} files`;
  if (bytes > maxUnpackedBytes) return `makes the unpacked size exceed ${maxUnpackedBytes} bytes`;
  if (bytes <= Math.max(trustedBytes, maxRatio * packedBytes)) return undefined;
  return `makes the archive hold more than ${maxRatio} times its own size`;
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
