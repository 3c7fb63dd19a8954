import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder, whyNotWritten, writeWhole } from '../harness/store/whole-file.js';
import { UserError } from '../harness/verdict/user-error.js';
import type { FileFormat } from './reports.js';

/** A place that reports cannot be written to. */
export class CannotWrite extends UserError {
  constructor(place: string, why: string) {
    super(`${place} cannot be written: ${why}.`, 'Name another folder with --out.');
  }
}

/** Makes the folder for reports and tries it, so that no run is lost for want of a place to write to. @throws CannotWrite */
export async function openReportFolder(folder: string, files: readonly FileFormat[]): Promise<void> {
  if (folder === '') throw new CannotWrite('--out ""', 'it names no folder');
  const probe = path.join(folder, '.assay-probe');
  const why = await whyNotWritten(async () => {
    await makeFolder(path.resolve(folder));
    await writeWhole(probe, 'Here assay tried whether it can write.\n');
    await rm(probe, { force: true });
  });
  if (why !== undefined) throw new CannotWrite(folder, why);
  for (const { file } of files) await expectNoFolder(path.join(folder, file));
  await expectNoFile(path.join(folder, 'cases'));
}

async function expectNoFolder(file: string): Promise<void> {
  const there = await stat(file).catch(() => undefined);
  if (there?.isDirectory()) throw new CannotWrite(file, 'a folder of that name is in the way');
}

async function expectNoFile(folder: string): Promise<void> {
  const there = await stat(folder).catch(() => undefined);
  if (there && !there.isDirectory()) throw new CannotWrite(folder, 'a file is in the way');
}
