import { readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { unlessSystemError } from '../../harness/verdict/system-error.js';

/** A symbolic link: its path inside the folder, and its target as written there. */
export type Link = { readonly path: string; readonly target: string };

/** Symbolic links in a folder, at any depth, that lead out of it, through other links or to nothing as well. */
export function linksOut(folder: string): readonly Link[] {
  const root = realpathSync.native(folder);
  return linksIn(root)
    .filter((link) => !isWithin(root, targetOf(link)))
    .map((link) => ({ path: relative(root, link), target: readlinkSync(link) }));
}

function isWithin(root: string, path: string): boolean {
  return path === root || path.startsWith(root + sep);
}

/** Does not follow links. */
function linksIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) return [path];
    return entry.isDirectory() ? linksIn(path) : [];
  });
}

function targetOf(link: string): string {
  try {
    return realpathSync.native(link);
  } catch (error) {
    unlessSystemError(error);
    return resolve(dirname(link), readlinkSync(link));
  }
}
