import { defaultTensorflow } from '../../harness/engine/runtime/pins.js';
import { findRuntime } from '../../harness/engine/runtime/runtime.js';
import { sameRelease, versionOnIndex } from '../../harness/engine/runtime/version.js';
import type { Run } from '../../harness/verdict/run.js';

/**
 * The TensorFlow to replay a run in, which is its own: another one may have fixed what fails. Undefined where the one that is
 * used anyway is of that release, or the run does not tell.
 */
export async function versionOfRun({ environment }: Pick<Run, 'environment'>): Promise<string | undefined> {
  const usual = (await findRuntime())?.tensorflow ?? defaultTensorflow;
  return sameRelease(environment.tensorflow, usual) ? undefined : versionOnIndex(environment.tensorflow);
}
