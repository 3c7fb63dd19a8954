import { locationOf } from '../harness/contract/location.js';
import { explainAddress } from '../harness/contract/no-model.js';
import { cacheFolder } from '../harness/engine/runtime/cache.js';
import { modelDigestOf } from '../harness/savedmodel/digest.js';
import { obtainModel } from '../harness/savedmodel/obtain/obtain.js';
import { readSavedModel } from '../harness/savedmodel/reading/read.js';
import { inspectionJson } from './inspect/json.js';
import { inspectionText } from './inspect/text.js';
import type { Io } from './io.js';
import { refuse } from './refusal.js';

/**
 * `assay inspect`: shows what is in a SavedModel, read from its files without TensorFlow. The path names a
 * folder or a .tar.gz. Returns 0, or 2 when it is not a SavedModel.
 */
export async function inspect(path: string, options: { readonly json?: boolean }, io: Io): Promise<number> {
  try {
    const folder = await folderOf(path);
    const model = await readSavedModel(folder);
    const digest = await modelDigestOf(folder);
    io.stdout.write(options.json ? inspectionJson(model, digest) : inspectionText(model, digest));
    return 0;
  } catch (error) {
    return refuse(error, io);
  }
}

async function folderOf(path: string): Promise<string> {
  const location = locationOf(path, undefined, process.cwd());
  if (location.kind === 'url') throw explainAddress(path);
  return (await obtainModel(location, { cacheFolder: cacheFolder() })).folder;
}
