import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  explainFile,
  explainMissing,
  exportAgain,
  fileKinds,
  type NoModel,
} from '../../contract/no-model.js';
import { unlessAbsent } from '../../verdict/system-error.js';
import { NotASavedModel, UnsupportedFormat } from '../refusal.js';

/** Why a path without `saved_model.pb` is not a SavedModel: what it looks like, and what to do. */
export async function explainFolder(path: string): Promise<NotASavedModel> {
  const found = await stat(path).catch(unlessAbsent);
  if (found === undefined) return asRefusal(explainMissing(path));
  if (!found.isDirectory()) return asRefusal(explainFile(path));
  const entries = await readdir(path, { withFileTypes: true });
  if (entries.length === 0) return refusal(`The folder ${path} is empty.`, exportAgain);
  return explainNested(path, await modelsIn(path)) ?? explainContents(path, entries);
}

/** Other formats of a SavedModel that `hub.load` accepts. */
const readByTensorFlow = /^saved_model\.(pbtxt|cpb)$/;

function explainContents(path: string, entries: readonly Dirent[]): NotASavedModel {
  const names = entries.map(({ name }) => name);
  for (const [pattern, what, remedy] of fileKinds) {
    const name = names.find((candidate) => pattern.test(candidate));
    if (name === undefined) continue;
    const message = `${path} has no saved_model.pb; its ${name} suggests ${what}.`;
    return readByTensorFlow.test(name) ? new UnsupportedFormat(message, remedy) : refusal(message, remedy);
  }
  return refusal(`${path} has no saved_model.pb.`, exportAgain);
}

/** Folders named in a message, at most. */
const maxListedFolders = 4;

function explainNested(path: string, nested: readonly string[]): NotASavedModel | undefined {
  const [only, ...more] = nested;
  if (only === undefined) return undefined;
  if (more.length === 0) {
    return refusal(
      `${path} has no saved_model.pb, but ${only} in it does.`,
      `Did you mean ${join(path, only)}?`,
    );
  }
  const names = nested.slice(0, maxListedFolders).join(', ') + (nested.length > maxListedFolders ? ' …' : '');
  return refusal(
    `${path} has no saved_model.pb, but ${nested.length} folders in it do.`,
    `Did you mean one of them: ${names}?`,
  );
}

/** Names of the direct subfolders with a SavedModel. */
export async function modelsIn(path: string): Promise<readonly string[]> {
  const names = (await readdir(path)).sort();
  const holds = names.map((name) =>
    stat(join(path, name, 'saved_model.pb')).then(
      (found) => found.isFile(),
      () => false,
    ),
  );
  const found = await Promise.all(holds);
  return names.filter((_, at) => found[at]);
}

function asRefusal({ message, remedy }: NoModel): NotASavedModel {
  return refusal(message, remedy);
}

function refusal(message: string, remedy: string): NotASavedModel {
  return new NotASavedModel(message, remedy);
}
