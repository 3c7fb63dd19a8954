import { existsSync, readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { existing } from '../../../verdict/system-error.js';

/** What a process sees of the file system: files and folders, and links to them. */
export type View = {
  /** Real paths; none lies within another. */
  readonly places: readonly string[];
  /** Paths of links, with the place that each leads to. */
  readonly links: ReadonlyMap<string, string>;
};

/**
 * The smallest view in which the paths can be read. What does not exist, or lies in a folder that is seen anyway, is left out.
 * Links in a SavedModel are followed where they lead to a file, as in the cache of a model hub: one to a folder, which a
 * stranger may have made, could show all of the disk.
 */
export function viewOf(paths: readonly string[], anyway: readonly string[] = []): View {
  const seen = { places: new Set<string>(), links: new Map<string, string>(), anyway: new Set(anyway) };
  for (const one of paths) show(path.resolve(one), seen);
  const places = [...seen.places].filter((place) => !isWithin(place, seen.places));
  const shown = new Set([...seen.places, ...seen.links.keys()]);
  const links = [...seen.links].filter(([link]) => !isWithin(link, shown));
  return { places, links: new Map(links) };
}

type Seen = {
  readonly places: Set<string>;
  readonly links: Map<string, string>;
  readonly anyway: ReadonlySet<string>;
};

function show(file: string, seen: Seen): void {
  const real = existing(() => realpathSync.native(file));
  if (real === undefined || isWithin(file, seen.anyway)) return;
  if (real !== file) seen.links.set(file, real);
  if (seen.places.has(real) || isWithin(real, seen.anyway)) return;
  seen.places.add(real);
  const folders = [real, path.join(real, 'variables'), path.join(real, 'assets')];
  for (const link of folders.flatMap(linksIn)) show(targetOf(link), seen);
}

/** Links in a folder to a file, or to the folder of a checkpoint. */
function linksIn(folder: string): string[] {
  const real = existing(() => realpathSync.native(folder)) ?? folder;
  const entries = existing(() => readdirSync(real, { withFileTypes: true })) ?? [];
  const links = entries.filter((entry) => entry.isSymbolicLink()).map(({ name }) => path.join(real, name));
  return links
    .filter(isPlain)
    .filter((link) => isFile(link) || existsSync(path.join(link, 'variables.index')));
}

/** Written `..` after a name, a target is another place for the system, which follows links first, than it reads. */
function isPlain(link: string): boolean {
  return !/[^./][^/]*\/+\.\.(\/|$)|^\/.*\/\.\.(\/|$)/.test(readlinkSync(link));
}

function isFile(file: string): boolean {
  return existing(() => statSync(file))?.isFile() ?? false;
}

function targetOf(link: string): string {
  return path.resolve(path.dirname(link), readlinkSync(link));
}

/** Does the path lie in one of the folders, and is it none of them? */
function isWithin(file: string, folders: ReadonlySet<string>): boolean {
  for (let inner = file, folder = path.dirname(file); folder !== inner; folder = path.dirname(folder)) {
    if (folders.has(folder)) return true;
    inner = folder;
  }
  return false;
}
