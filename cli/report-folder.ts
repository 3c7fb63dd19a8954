import { existsSync, realpathSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { liesIn, repositoryAround } from '../harness/contract/repository.js';
import { makeFolder, whyNotWritten, writeAtomically } from '../harness/store/atomic-file.js';
import { unlessSystemError } from '../harness/verdict/system-error.js';
import { UserError } from '../harness/verdict/user-error.js';
import type { FileFormat } from './reports.js';

/** Reports cannot be written to this place. */
export class CannotWrite extends UserError {
  constructor(place: string, why: string) {
    super(`${place} cannot be written: ${why}.`, 'Choose another folder with --out.');
  }
}

/**
 * Makes the folder for reports and tests it, so that no run is lost because it cannot be written. `confine`: whether links
 * out of the repository are refused. @throws CannotWrite
 */
export async function openReportFolder(
  folder: string,
  files: readonly FileFormat[],
  confine = false,
): Promise<void> {
  if (folder === '') throw new CannotWrite('--out ""', 'it names no folder');
  expectOutsideModels(path.resolve(folder));
  if (confine) expectWithin(path.resolve(folder));
  const probe = path.join(folder, '.assay-probe');
  const why = await whyNotWritten(async () => {
    await makeFolder(path.resolve(folder));
    await writeAtomically(probe, 'assay tested whether it can write here.\n');
    await rm(probe, { force: true });
  });
  if (why !== undefined) throw new CannotWrite(folder, why);
  for (const { file } of files) await expectNoFolder(path.join(folder, file));
  await expectNoFile(path.join(folder, 'cases'));
}

/** Whatever is written into a SavedModel makes it another one. @throws CannotWrite */
export function expectOutsideModels(folder: string): void {
  const above = path.dirname(folder);
  const real = existsSync(folder) ? realpathSync(folder) : folder;
  if (existsSync(path.join(real, 'saved_model.pb')))
    throw new CannotWrite(folder, 'it is inside a model, which that would change');
  if (real !== folder) expectOutsideModels(real);
  else if (above !== folder) expectOutsideModels(above);
}

/** A link that somebody has put into the repository must not lead reports elsewhere. @throws CannotWrite */
export function expectWithin(folder: string): void {
  const repository = repositoryAround(process.cwd());
  if (repository === undefined || !folder.startsWith(repository + path.sep)) return;
  if (!liesIn(repository, folder))
    throw new CannotWrite(folder, `a link leads out of the repository ${repository}`);
}

async function expectNoFolder(file: string): Promise<void> {
  const there = await stat(file).catch(unlessSystemError);
  if (there?.isDirectory()) throw new CannotWrite(file, 'a folder of that name is in the way');
}

async function expectNoFile(folder: string): Promise<void> {
  const there = await stat(folder).catch(unlessSystemError);
  if (there && !there.isDirectory()) throw new CannotWrite(folder, 'a file is in the way');
}
