import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { unlessSystemError } from '../verdict/system-error.js';

/** The folder of the repository that a folder is in; undefined where it is in none. */
export function repositoryAround(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : repositoryAround(parent);
}

/**
 * Whether a path leads out of a repository, through links as well, or to what git keeps of it, such as its credentials. What is
 * not there leads nowhere.
 */
export function leadsOutOf(repository: string, path: string): boolean {
  const [root, target] = [realPath(repository), realPath(path)];
  if (root === undefined || target === undefined || target === root) return false;
  return !target.startsWith(root + sep) || target.slice(root.length).split(sep).includes('.git');
}

/** Whether a path that may not be there yet is, through links as well, in a folder. */
export function liesIn(folder: string, path: string): boolean {
  const [root, target] = [realPath(folder), realPath(path)];
  if (target === undefined) return dirname(path) !== path && liesIn(folder, dirname(path));
  return root !== undefined && `${target}${sep}`.startsWith(root + sep);
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch (error) {
    return unlessSystemError(error);
  }
}
