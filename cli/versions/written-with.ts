import { cacheFolder } from '../../harness/engine/runtime/cache.js';
import { versionOnIndex } from '../../harness/engine/runtime/version.js';
import type { ReadSpec } from '../../harness/run/read-specs.js';
import { obtainModel } from '../../harness/savedmodel/obtain/obtain.js';
import { readSavedModel } from '../../harness/savedmodel/reading/read.js';
import { inMachineWords } from '../../harness/verdict/machine-fault.js';
import { UserError } from '../../harness/verdict/user-error.js';

/** The TensorFlow that wrote a model: `recorded` as its files have it, and `version` as the index does, or why there is none. */
export type Writer = { readonly recorded?: string } & (
  | { readonly version: string }
  | { readonly unknown: string }
);

/** Reads which TensorFlow wrote the model of a spec. */
export async function writerOf({ parsed }: ReadSpec): Promise<Writer> {
  if (parsed.kind === 'problems') return { unknown: 'The spec could not be read.' };
  const { model: location, limits } = parsed.contract;
  try {
    const options = { cacheFolder: cacheFolder(), deadlineMs: limits.modelDeadlineMs };
    const { folder } = await obtainModel(location, options);
    const { tensorflowVersion } = await readSavedModel(folder);
    return writerIn(tensorflowVersion);
  } catch (error) {
    const told = inMachineWords(error);
    if (!(told instanceof UserError)) throw told;
    return {
      unknown: `Which TensorFlow wrote the model is not known, as it could not be read: ${told.message}`,
    };
  }
}

/** `recorded`: the version in the files, empty where there is none. */
export function writerIn(recorded: string): Writer {
  if (recorded === '') return { unknown: 'The model does not record which TensorFlow wrote it.' };
  const version = versionOnIndex(recorded);
  return version
    ? { recorded, version }
    : {
        recorded,
        unknown: `The model was written with TensorFlow ${recorded}, which is no published release.`,
      };
}
