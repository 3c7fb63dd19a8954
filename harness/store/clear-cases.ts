import { lstat, rm } from 'node:fs/promises';
import path from 'node:path';
import { unlessSystemError } from '../verdict/system-error.js';
import { NoRun, readRun } from './stored-run.js';

/** Whether a run names a file of its own folder as `assay` names cases. */
export function isCase(file: string): boolean {
  return /^cases\/[\w.-]+\.npy$/.test(file);
}

/** Removes the cases that the run of this folder names, and no other files. Ignores those that cannot be removed. */
export async function clearCases(folder: string): Promise<void> {
  if (!(await hasCases(path.join(folder, 'cases')))) return;
  const earlier = await readRun(path.join(folder, 'run.json')).catch(unlessNoRun);
  const named = earlier?.models.flatMap(({ checks }) =>
    checks.flatMap(({ finding }) => [...(finding?.outputs ?? []), finding?.pixels ?? '']),
  );
  const ours = (named ?? []).filter(isCase);
  const files = ours.flatMap((file) => [file, file.replace(/npy$/, 'png')]);
  await Promise.allSettled(files.map((file) => rm(path.join(folder, file), { force: true })));
}

/** In the place of the folder, a link would have files elsewhere removed and written: it is removed. */
async function hasCases(file: string): Promise<boolean> {
  const found = await lstat(file).catch(unlessSystemError);
  if (found?.isSymbolicLink()) await rm(file);
  return found?.isDirectory() ?? false;
}

function unlessNoRun(error: unknown): undefined {
  if (!(error instanceof NoRun)) throw error;
}
