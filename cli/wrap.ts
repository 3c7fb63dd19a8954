import { stat } from 'node:fs/promises';
import { locationKind } from '../harness/contract/location.js';
import { explainAddress } from '../harness/contract/no-model.js';
import { exporterOf } from '../harness/savedmodel/exporter.js';
import { readSavedModel } from '../harness/savedmodel/reading/read.js';
import { shellWord } from '../harness/verdict/shell-word.js';
import { unlessSystemError } from '../harness/verdict/system-error.js';
import { UserError } from '../harness/verdict/user-error.js';
import type { Io } from './io.js';
import { refuse } from './refusal.js';
import { ofKeras } from './wrap/of-keras.js';
import { isMendable, ofSavedModel } from './wrap/of-saved-model.js';
import { program } from './wrap/python.js';

/**
 * `assay wrap`: prints a Python program that saves a model with the root object that the contract demands. Returns 0, or 2
 * where there is nothing to wrap.
 */
export async function wrap(path: string, io: Io): Promise<number> {
  try {
    io.stdout.write(await wrapperOf(path));
    return 0;
  } catch (error) {
    return refuse(error, io);
  }
}

async function wrapperOf(path: string): Promise<string> {
  if (/\.(keras|h5|hdf5)$/.test(path) && (await stat(path).catch(unlessSystemError))?.isFile())
    return program(ofKeras);
  if (locationKind(path) === 'url') throw explainAddress(path);
  const model = await readSavedModel(path);
  const call = model.methods.get('__call__');
  if (call && !isMendable(model, call))
    throw new UserError(
      `${path} has __call__ already, and nothing that a wrapper can mend.`,
      `See what it lacks: assay init ${shellWord(path)}, then assay check.`,
    );
  const by = exporterOf(model);
  if (by?.servesTraining && by.remedy !== undefined)
    throw new UserError(`What ${path} serves runs as in training: it assigns variables.`, by.remedy);
  const wrapper = ofSavedModel(model);
  if (wrapper) return program(wrapper);
  throw new UserError(
    `Nothing in ${path} takes images${by ? `: it was written by ${by.name}` : ''}.`,
    'Wrap the model itself, where it is built: assay wrap of its .keras file prints an example.',
  );
}
