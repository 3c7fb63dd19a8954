import { createHash } from 'node:crypto';
import path from 'node:path';
import { locationKind, locationOf } from '../../harness/contract/location.js';
import { cacheFolder } from '../../harness/engine/runtime/cache.js';
import { digestOfSpecFiles, type SpecFile, specFilesOf } from '../../harness/run/spec-digest.js';
import { attestedDigestsOf } from '../../harness/savedmodel/attested-digests.js';
import { obtainModel } from '../../harness/savedmodel/obtain/obtain.js';
import { readRegularFile } from '../../harness/verdict/regular-file.js';
import type { ResourceDescriptor, Statement } from '../../harness/verdict/statement/statement.js';
import { unlessSystemError } from '../../harness/verdict/system-error.js';
import { UserError } from '../../harness/verdict/user-error.js';
import { namedBy } from '../attest/statement-of.js';
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
  const files = await specFilesOf(await contractIn(spec, { checkFiles: false }));
  const digest = digestOfSpecFiles(files);
  if (digest === assay.specDigest) return namedDifferences(statement, spec, files);
  const why = 'The spec is the same; a file that it names, such as the list of classes, is another.';
  return [{ what: `${spec}: specDigest`, stated: assay.specDigest, now: digest, why }];
}

/** Of files that a spec names, whose digests a statement has twice: in that of the spec, and one by one for other readers. */
function namedDifferences(
  { predicate }: Statement,
  spec: string,
  [own, ...named]: readonly SpecFile[],
): Difference[] {
  const stated = predicate.configuration.slice(beforeNamed).map(inWords);
  const now = own ? namedBy(own, named).map(inWords) : [];
  const longest = Array.from({ length: Math.max(stated.length, now.length) });
  return longest.flatMap((_, at) =>
    stated[at] === now[at]
      ? []
      : [
          {
            what: `${spec}: files that it names`,
            stated: stated[at] ?? 'nothing',
            now: now[at] ?? 'nothing',
            why: 'The statement says two things of a file.',
          },
        ],
  );
}

/** The spec, the run, assay and TensorFlow come first. */
const beforeNamed = 4;

/** Its folder may be another here. */
function inWords({ name, digest }: ResourceDescriptor): string {
  return `${path.basename(name)} ${digest?.sha256 ?? 'without a digest'}`;
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
