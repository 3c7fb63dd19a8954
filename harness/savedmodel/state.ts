import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessSystemError } from '../verdict/system-error.js';

/**
 * A text that is another one once a file of the model was written, replaced or removed: names, sizes and times of what lies
 * in its folder, in `variables/` and in `assets/`. Reads no file.
 */
export async function modelStateOf(folder: string): Promise<string> {
  const states = await Promise.all(['.', 'variables', 'assets'].map((name) => stateIn(join(folder, name))));
  return states.flat().join('\n');
}

async function stateIn(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder).catch(unlessSystemError)) ?? [];
  return Promise.all(names.sort().map((name) => stateAt(join(folder, name))));
}

async function stateAt(path: string): Promise<string> {
  const found = await stat(path, { bigint: true }).catch(unlessSystemError);
  if (found === undefined || found.isDirectory()) return path;
  return `${path} ${found.ino} ${found.size} ${found.mtimeNs}`;
}
