import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { unlessSystemError } from '../verdict/system-error.js';

/** The folder of the repository that a folder is in; undefined where it is in none. */
export function repositoryAround(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : repositoryAround(parent);
}

/** Whether a path leads out of a folder, through links as well. What is not there leads nowhere. */
export function leadsOutOf(folder: string, path: string): boolean {
  const [root, target] = [realPath(folder), realPath(path)];
  return root !== undefined && target !== undefined && target !== root && !target.startsWith(root + sep);
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch (error) {
    return unlessSystemError(error);
  }
}
