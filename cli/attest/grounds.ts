import type { Contract } from '../../harness/contract/contract.js';
import { cacheFolder } from '../../harness/engine/runtime/cache.js';
import { digestOfSpecFiles, type SpecFile, specFilesOf } from '../../harness/run/spec-digest.js';
import { type AttestedDigests, attestedDigestsOf } from '../../harness/savedmodel/attested-digests.js';
import { obtainModel } from '../../harness/savedmodel/obtain/obtain.js';
import { shellWord } from '../../harness/verdict/shell-word.js';
import { UserError } from '../../harness/verdict/user-error.js';
import { storedContract } from '../replay/stored-contract.js';
import type { Attested } from './attested.js';

/** The model and the spec of a run as they are now, which is as they were in the run. */
export type Grounds = {
  readonly contract: Contract;
  /** Absolute. */
  readonly folder: string;
  readonly digests: AttestedDigests;
  readonly allowSymlinks: boolean;
  readonly specFiles: readonly SpecFile[];
  readonly specDigest: string;
};

/** @throws UserError where they are not as they were */
export async function groundsOf({ run, file, model }: Attested, allowSymlinks: boolean): Promise<Grounds> {
  if (model.digest === '' || model.specDigest === undefined)
    throw new UserError(
      `${model.name}: ${file} does not say which files were checked.`,
      `Check it again: assay check ${shellWord(model.spec)}`,
    );
  const contract = await storedContract(run, file, model);
  const specFiles = await specFilesOf(contract);
  const specDigest = digestOfSpecFiles(specFiles);
  if (specDigest !== model.specDigest)
    throw changed(`The spec ${model.spec}, or a file that it names,`, model.specDigest, specDigest);
  const { folder } = await obtainModel(contract.model, {
    cacheFolder: cacheFolder(),
    deadlineMs: contract.limits.modelDeadlineMs,
  });
  const digests = await attestedDigestsOf(folder, { allowSymlinks });
  const digest = `sha256:${digests.dirHash}`;
  if (digest !== model.digest) throw changed(`The model ${model.model}`, model.digest, digest);
  return { contract, folder, digests, allowSymlinks, specFiles, specDigest };
}

function changed(what: string, before: string, now: string): UserError {
  return new UserError(
    `${what} has changed since the run: it was ${before} and is now ${now}.`,
    'Check the model again, and attest that run.',
  );
}
