import { relative, sep } from 'node:path';
import type { ModelLocation } from '../../harness/contract/contract.js';
import { cacheFolder } from '../../harness/engine/runtime/cache.js';
import { obtainModel } from '../../harness/savedmodel/obtain/obtain.js';
import { readSavedModel } from '../../harness/savedmodel/reading/read.js';
import { UserError } from '../../harness/verdict/user-error.js';
import { specFacts } from './spec-facts.js';
import { specText } from './spec-text.js';

/** A first spec of a model, for a file in this folder. @throws UserError where nothing accepts images */
export async function specFor(location: ModelLocation, folder: string): Promise<string> {
  if (location.kind === 'url')
    throw new UserError('a URL needs its SHA-256', 'Download the archive and use its path.');
  const { folder: found } = await obtainModel(location, { cacheFolder: cacheFolder() });
  const revealed = specFacts(await readSavedModel(found));
  if (revealed === undefined) {
    const model = relative(process.cwd(), location.path);
    throw new UserError(
      `nothing in ${model} accepts images`,
      `Look at its methods and signatures: assay inspect ${model}`,
    );
  }
  return specText(revealed, fromFolder(folder, location.path));
}

/** As specs name paths: relative, with slashes. */
function fromFolder(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/') || '.';
}
