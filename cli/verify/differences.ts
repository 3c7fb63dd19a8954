import { createHash } from 'node:crypto';
import { locationKind, locationOf } from '../../harness/contract/location.js';
import { cacheFolder } from '../../harness/engine/runtime/cache.js';
import { digestOfSpecFiles, specFilesOf } from '../../harness/run/spec-digest.js';
import { attestedDigestsOf } from '../../harness/savedmodel/attested-digests.js';
import { obtainModel } from '../../harness/savedmodel/obtain/obtain.js';
import { readRegularFile } from '../../harness/verdict/regular-file.js';
import type { Statement } from '../../harness/verdict/statement/statement.js';
import { unlessSystemError } from '../../harness/verdict/system-error.js';
import { UserError } from '../../harness/verdict/user-error.js';
import { contractIn } from '../contract-in.js';

/** A digest that is not the stated one. */
export type Difference = {
  readonly what: string;
  readonly stated: string;
  readonly now: string;
  readonly why?: string;
};

/** @throws UserError where the model cannot be digested */
export async function modelDifferences(
  { subject: [stated] }: Statement,
  model: string,
): Promise<Difference[]> {
  if (locationKind(model) === 'url')
    throw new UserError(`${model} is an address.`, 'Download the model, and give its folder or archive.');
  const location = locationOf(model, undefined, process.cwd());
  const { folder } = await obtainModel(location, { cacheFolder: cacheFolder() });
  const { allow_symlinks: allowSymlinks } = stated.annotations.model_signing;
  const now = await attestedDigestsOf(folder, { allowSymlinks });
  const found: Difference[] = [];
  if (now.sha256 !== stated.digest.sha256)
    found.push({ what: `${model}: sha256`, stated: stated.digest.sha256, now: now.sha256 });
  if (now.dirHash !== stated.digest.dirHash)
    found.push({
      what: `${model}: dirHash`,
      stated: stated.digest.dirHash,
      now: now.dirHash,
      ...(found.length === 0 ? { why: onlyNames } : {}),
    });
  return found;
}

const onlyNames =
  'What model-signing covers has the same bytes: only names differ, or files that it ignores, such as .gitignore.';

/** @throws UserError where the spec cannot be read */
export async function specDifferences(statement: Statement, spec: string): Promise<Difference[]> {
  const { configuration, model_assay: assay } = statement.predicate;
  const stated = configuration[0]?.digest?.sha256 ?? '';
  const now = sha256Of(spec);
  // One that changed need not be readable.
  if (now !== stated) return [{ what: `${spec}: sha256`, stated, now }];
  const digest = digestOfSpecFiles(await specFilesOf(await contractIn(spec, { checkFiles: false })));
  if (digest === assay.specDigest) return [];
  const why = 'The spec is the same; a file that it names, such as the list of classes, is another.';
  return [{ what: `${spec}: specDigest`, stated: assay.specDigest, now: digest, why }];
}

function sha256Of(spec: string): string {
  try {
    return createHash('sha256').update(readRegularFile(spec, maxBytes)).digest('hex');
  } catch (error) {
    unlessSystemError(error);
    throw new UserError(`${spec} cannot be read.`, 'Name the spec with --spec.');
  }
}

/** Of a spec. */
const maxBytes = 2 ** 24;
