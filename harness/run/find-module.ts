import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { unlessNotInstalled } from '../engine/runtime/not-installed.js';
import { UserError } from '../verdict/user-error.js';

/** A module of checks that cannot be used; the message names it and says why. */
export class BadChecks extends UserError {
  constructor(module: string, why: string, remedy = '') {
    super(`${module}: ${why}`, remedy);
  }
}

/** The file of a module that is named by its path or as a package, in the first folder where it is. @throws BadChecks */
export function findModule(name: string, folders: readonly string[]): string {
  const there = folders.map((folder) => path.resolve(folder, name)).find(isFile);
  if (there !== undefined) return there;
  const installed = isPath(name) ? [] : folders.flatMap((folder) => installedIn(folder, name));
  const [file] = installed;
  if (file !== undefined) return file;
  const nor = isPath(name) ? '' : ', and no such package is installed';
  throw new BadChecks(
    name,
    `there is no such file${nor}.`,
    'Name a file of JavaScript, as seen from here, or an installed package.',
  );
}

function isFile(file: string): boolean {
  return existsSync(file) && statSync(file).isFile();
}

function isPath(name: string): boolean {
  return name.startsWith('.') || path.isAbsolute(name);
}

function installedIn(folder: string, name: string): string[] {
  try {
    return [createRequire(path.join(folder, 'here.js')).resolve(name)];
  } catch (error) {
    return unlessNotInstalled(error) ?? [];
  }
}
