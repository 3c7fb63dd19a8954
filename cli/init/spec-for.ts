import { relative, sep } from 'node:path';
import { imagesArgumentOf, tensorSpecText } from '../../harness/check/images-argument.js';
import type { ModelLocation } from '../../harness/contract/contract.js';
import { explainAddress } from '../../harness/contract/no-model.js';
import { cacheFolder } from '../../harness/engine/runtime/cache.js';
import { exporterOf } from '../../harness/savedmodel/exporter.js';
import { obtainModel } from '../../harness/savedmodel/obtain/obtain.js';
import { readSavedModel } from '../../harness/savedmodel/reading/read.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';
import { shellWord } from '../../harness/verdict/shell-word.js';
import { UserError } from '../../harness/verdict/user-error.js';
import type { Api } from './guess-api.js';
import { specFacts } from './spec-facts.js';
import { specText } from './spec-text.js';

/** A first spec of a model, for a file in this folder. @throws UserError where nothing accepts images */
export async function specFor(location: ModelLocation, folder: string, api?: Api['name']): Promise<string> {
  if (location.kind === 'url') throw explainAddress(location.url);
  const { folder: found } = await obtainModel(location, { cacheFolder: cacheFolder() });
  const read = await readSavedModel(found);
  const revealed = specFacts(read);
  if (revealed === undefined) throw nothingTaken(read, relative(process.cwd(), location.path));
  return specText(revealed, fromFolder(folder, location.path), api);
}

/** What a model takes instead of images, and what to do about it. */
function nothingTaken(read: SavedModel, model: string): UserError {
  const endpoints = [...read.methods.values(), ...read.signatures.values()].filter(
    ({ name }) => !name.startsWith('__'),
  );
  const called = read.methods.get('__call__') ?? endpoints[0];
  const taken = called?.concreteFunctions.map((one) => tensorSpecText(imagesArgumentOf(one))) ?? [];
  const instead = called && taken[0] !== undefined ? `; ${called.name} takes ${taken[0]}` : '';
  return new UserError(
    `nothing in ${model} accepts images${instead}`,
    exporterOf(read)?.remedy ?? `Look at its methods and signatures: assay inspect ${shellWord(model)}`,
  );
}

/** As specs name paths: relative, with slashes. */
function fromFolder(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/') || '.';
}
