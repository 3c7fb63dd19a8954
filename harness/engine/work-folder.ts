import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unlessSystemError } from '../verdict/system-error.js';

/** The name says whose folder it is. */
const ours = /^assay-(\d+)-\w{6}$/;

/**
 * Makes a folder for the lowered models of one run, and removes those that runs left behind that were killed. The caller
 * removes it in the end.
 */
export async function makeWorkFolder(): Promise<string> {
  await removeLeftovers();
  return mkdtemp(path.join(tmpdir(), `assay-${process.pid}-`));
}

/** What cannot be removed, such as another user's, stays. */
async function removeLeftovers(): Promise<void> {
  const names = (await readdir(tmpdir()).catch(unlessSystemError)) ?? [];
  const left = names.filter((name) => isDead(Number(ours.exec(name)?.[1] ?? process.pid)));
  await Promise.all(
    left.map((name) =>
      rm(path.join(tmpdir(), name), { recursive: true, force: true }).catch(unlessSystemError),
    ),
  );
}

function isDead(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    unlessSystemError(error);
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
