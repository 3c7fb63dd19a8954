import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { unlessSystemError } from '../../../verdict/system-error.js';

/** Not where a user, or a project through `PATH`, could put another program of the name. */
const systemFolders = ['/usr/bin', '/bin', '/usr/sbin', '/sbin', '/usr/local/bin'];

/** The file of a program of the system; undefined where it has none of that name. */
export function systemTool(name: string): string | undefined {
  return systemFolders.map((folder) => path.join(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch (error) {
    return unlessSystemError(error) ?? false;
  }
}
