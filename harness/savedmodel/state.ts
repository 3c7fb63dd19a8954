import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessSystemError } from '../verdict/system-error.js';

/**
 * A text that is another one once a file of the model was written, replaced or removed: names, sizes and times of all that
 * lies in its folder, links to folders not followed. Reads no file.
 */
export async function modelStateOf(folder: string): Promise<string> {
  const names = (await readdir(folder, { recursive: true }).catch(unlessSystemError)) ?? [];
  const states = await Promise.all(names.sort().map((name) => stateAt(join(folder, name))));
  return states.join('\n');
}

/** Whoever writes to a file can set the time when it was modified, but not the time when its entry changed. */
async function stateAt(path: string): Promise<string> {
  const found = await stat(path, { bigint: true }).catch(unlessSystemError);
  if (found === undefined || found.isDirectory()) return path;
  return `${path} ${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}`;
}
