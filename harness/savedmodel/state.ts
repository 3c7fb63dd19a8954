import { stat } from 'node:fs/promises';
import { unlessSystemError } from '../verdict/system-error.js';
import { type FoundFile, pathsIn } from './model-files.js';

/** Two are the same as long as no file of a model is written, replaced or removed. */
export type ModelState = {
  /** Names, sizes and times. */
  readonly files: string;
  /** When the entry of each changed, which whoever writes to it cannot set. A further hard link changes it, too. */
  readonly entries: string;
};

/** Of all files that count for a model's digest; reads none. Where they cannot be listed, whoever reads them says why. @throws NotASavedModel */
export async function modelStateOf(folder: string): Promise<ModelState> {
  const paths = (await pathsIn(folder).catch(unlessSystemError)) ?? [];
  const found = [...paths].sort((one, other) => (one.name < other.name ? -1 : 1));
  const states = await Promise.all(found.map(stateAt));
  return {
    files: JSON.stringify(states.map(([file]) => file)),
    entries: states.map(([, entry]) => entry).join(),
  };
}

async function stateAt({ name, path, leadsTo }: FoundFile): Promise<readonly [file: unknown, entry: string]> {
  const found = path === undefined ? undefined : await stat(path, { bigint: true }).catch(unlessSystemError);
  return [[name, path, leadsTo, `${found?.ino} ${found?.size} ${found?.mtimeNs}`], `${found?.ctimeNs}`];
}
