import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const thisFile = fileURLToPath(import.meta.url);

/** A file of this package, by its place in it: `specs/spec.schema.json`. */
export function packageFile(place: string): string {
  return path.join(packageFolder, place);
}

/** A module that another process or thread loads, by its place in the code: `harness/run/register.js`. */
export function moduleFile(place: string): string {
  return path.join(codeFolder, place);
}

export const packageFolder = manifestAbove(thisFile);

/** Where the code that runs lies: `dist/bundle` of what npm installs, `dist` of a clone's tests. */
export const codeFolder = path.join(
  packageFolder,
  thisFile.startsWith(path.join(packageFolder, 'dist', 'bundle', '/')) ? 'dist/bundle' : 'dist',
);

/** The nearest folder above a file that has a manifest, which every package has. */
function manifestAbove(file: string): string {
  const folder = path.dirname(file);
  return existsSync(path.join(folder, 'package.json')) || folder === file ? folder : manifestAbove(folder);
}
