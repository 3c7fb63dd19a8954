import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { whyRefused } from '../verdict/machine-fault.js';
import { unlessSystemError } from '../verdict/system-error.js';

/** A file that could not be written, and why, in a few words. */
export type UnwrittenFile = { readonly file: string; readonly why: string };

/** Writes a file, and its folder, first under a temporary name beside its own, so that it is complete or absent. */
export async function writeAtomically(file: string, data: string | Uint8Array): Promise<void> {
  const folder = path.dirname(path.resolve(file));
  await makeFolder(folder);
  const passing = path.join(folder, `.assay-${randomUUID()}`);
  try {
    await writeFile(passing, data, { flag: 'wx' });
    await rename(passing, file);
  } catch (error) {
    await rm(passing, { force: true }).catch(unlessSystemError);
    throw error;
  }
}

/** Makes a folder and its parents, one by one: Node's own `recursive` never returns for places such as /proc. */
export async function makeFolder(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  const above = path.dirname(folder);
  if (above !== folder) await makeFolder(above);
  await mkdir(folder).catch(async (error) => {
    if (!(await isFolder(folder))) throw error;
  });
}

/** False where there is nothing. @throws the errors of `stat`, when a file is in the way, for example */
async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    (error) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}

/** Undefined when the work is done; else why the file system refused it, in a few words. @throws any other error */
export async function whyNotWritten(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'syscall' in error)) throw error;
    return whyRefused(String(error.code));
  }
}
