import path from 'node:path';
import { liesIn } from '../contract/repository.js';
import { readRegularFile } from '../verdict/regular-file.js';
import type { Finding, ModelRun, Run } from '../verdict/run.js';
import { isSystemError } from '../verdict/system-error.js';
import { UserError } from '../verdict/user-error.js';
import { type UnwrittenFile, whyNotWritten, writeAtomically } from './atomic-file.js';
import { CaseNames } from './case-names.js';
import { clearCases, isCase } from './clear-cases.js';
import type { KeptCases } from './keep-cases.js';

/** In bytes, of one file of a case: all that a run keeps of outputs may be one check's. */
const maxBytes = 2 ** 28;

/** A file of a part, absolute, and its place in `cases/` of the whole. */
type Copy = { readonly from: string; readonly name: string };

/**
 * Copies the files of cases into `cases/` below a folder, with the names that the whole run gives them. Removes the cases of an
 * earlier run there. `folderOf`: of the part that checked a model. @throws UserError before anything is written, for a file
 * that is not there
 */
export async function mergeCases(
  run: Run,
  folder: string,
  folderOf: (model: ModelRun) => string,
): Promise<KeptCases> {
  const names = new CaseNames();
  const copies: Copy[] = [];
  const models = run.models.map((model) => ({
    ...model,
    checks: model.checks.map((check) => {
      if (!check.finding) return check;
      const placed = placedIn(folderOf(model), check.finding, (row) => names.next(model, check, row));
      copies.push(...placed.copies);
      return { ...check, finding: placed.finding };
    }),
  }));
  for (const { from } of copies) contentOf(from);
  await clearCases(folder);
  const missing = await written(copies, folder);
  return { run: { ...run, models }, missing };
}

/** A finding with the names of its files in the whole, and what to copy for that. */
function placedIn(
  part: string,
  finding: Finding,
  nextName: (row?: 'one' | 'other') => string,
): { readonly finding: Finding; readonly copies: readonly Copy[] } {
  const { pixels, outputs, batch } = finding;
  const copies: Copy[] = [];
  const placed = (file: string, name: string) => {
    const from = path.join(part, file);
    if (!isCase(file)) throw lost(from, 'is not named as assay names cases');
    if (!liesIn(part, from)) throw lost(from, 'is a link out of its folder');
    copies.push({ from, name: `${name}.npy` });
    return `cases/${name}.npy`;
  };
  const images = pixels === undefined ? {} : { pixels: placed(pixels, nextName()) };
  const [picture] = copies;
  if (picture && batch && batch.count * batch.height * batch.width > 0)
    copies.push({ from: asPicture(picture.from), name: asPicture(picture.name) });
  const rows = outputs && {
    outputs: [placed(outputs[0], nextName('one')), placed(outputs[1], nextName('other'))] as const,
  };
  return { finding: { ...finding, ...images, ...rows }, copies };
}

function asPicture(file: string): string {
  return file.replace(/npy$/, 'png');
}

/** Stops at the first that cannot be written, which leaves the remaining space to the reports. */
async function written(copies: readonly Copy[], folder: string): Promise<readonly UnwrittenFile[]> {
  for (const { from, name } of copies) {
    const file = path.join(folder, 'cases', name);
    const content = contentOf(from);
    const why = await whyNotWritten(() => writeAtomically(file, content));
    if (why !== undefined) return [{ file, why }];
  }
  return [];
}

function contentOf(file: string): Buffer {
  try {
    return readRegularFile(file, maxBytes);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw lost(file, error.code === 'ENOENT' ? 'is not there' : `cannot be read (${error.code})`);
  }
}

function lost(file: string, why: string): UserError {
  return new UserError(
    `${file} ${why}, though the part that names it had it.`,
    'Copy the whole folder of each shard, with its folder `cases`.',
  );
}
