import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDead } from '../verdict/dead-process.js';
import { whyRefused } from '../verdict/machine-fault.js';
import { isSystemError, unlessSystemError } from '../verdict/system-error.js';
import { UserError } from '../verdict/user-error.js';
import { killOrphans } from './process/family.js';

/** The name says whose folder it is. */
const ours = /^assay-(\d+)-\w{6}$/;

/**
 * Makes a folder for the lowered models of one run and removes those, with their processes, that runs left behind which were killed. The caller
 * removes it in the end. @throws UserError where none can be made
 */
export function makeWorkFolder(): string {
  try {
    const all = realpathSync(tmpdir());
    removeLeftovers(all);
    return mkdtempSync(path.join(all, `assay-${process.pid}-`));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const why = error.code === 'ENOENT' ? 'there is no such folder' : whyRefused(error.code);
    throw new UserError(
      `No temporary folder can be made in ${tmpdir()}: ${why}.`,
      'Set TMPDIR to a folder that you can write to.',
    );
  }
}

/**
 * Removes a folder of a run. What cannot be removed, such as another user's, or where a worker still writes, stays: a later run
 * removes it, and this one loses neither its results nor its exit code.
 */
export function removeWorkFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    unlessSystemError(error);
  }
}

function removeLeftovers(all: string): void {
  for (const name of readdirSync(all)) {
    if (!isDead(Number(ours.exec(name)?.[1] ?? process.pid))) continue;
    killOrphans(path.join(all, name));
    removeWorkFolder(path.join(all, name));
  }
}

/** A work folder that is removed when this program ends. */
export function passingWorkFolder(): string {
  const folder = makeWorkFolder();
  process.once('exit', () => removeWorkFolder(folder));
  return folder;
}
