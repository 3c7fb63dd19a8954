import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A file that is missing though it was to be written, and why, in a few words. */
export type Missing = { readonly file: string; readonly why: string };

/** Writes a file, and the folder it lies in, under a passing name beside its own, so that it is there whole or not at all. */
export async function writeWhole(file: string, data: string | Uint8Array): Promise<void> {
  const folder = path.dirname(path.resolve(file));
  await makeFolder(folder);
  const passing = path.join(folder, `.assay-${randomUUID()}`);
  try {
    await writeFile(passing, data, { flag: 'wx' });
    await rename(passing, file);
  } catch (error) {
    await rm(passing, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Makes a folder and those above it, one by one: Node's own `recursive` never comes back from places such as /proc. */
export async function makeFolder(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  const above = path.dirname(folder);
  if (above !== folder) await makeFolder(above);
  await mkdir(folder).catch(async (error) => {
    if (!(await isFolder(folder))) throw error;
  });
}

/** False where there is nothing. @throws what `stat` does, when a file is in the way, say */
async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    (error) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}

/** Undefined when the work is done; else why the file system refused it, in a few words. @throws what is no fault of the file system */
export async function whyNotWritten(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'syscall' in error)) throw error;
    const code = String(error.code);
    return reasons[code] ?? `the system refuses it (${code})`;
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'that is not permitted',
  EPERM: 'that is not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'a file is in the way',
  ENOTDIR: 'a file is in the way',
  EISDIR: 'a folder of that name is in the way',
  ENOENT: 'no folder can be made there',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead in a circle',
  EIO: 'the disk does not answer',
};
