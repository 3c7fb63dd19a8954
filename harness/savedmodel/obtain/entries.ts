import { isAbsolute, join, normalize } from 'node:path/posix';

/** What an archive says about one of its entries. */
export type Entry = { readonly path: string; readonly type: string; readonly linkpath?: string | undefined };

/** Why an entry may not be unpacked, as the end of a sentence that starts with its name; undefined when it may. */
export function entryDanger({ path, type, linkpath }: Entry): string | undefined {
  if (leadsOut(path)) return 'is outside the folder';
  if (path.split(/[\\/]/).includes('..')) return 'leaves the folder with `..`';
  if (type === 'SymbolicLink') return linkDanger(path, linkpath ?? '') ?? circleDanger(path, linkpath ?? '');
  if (type === 'Link')
    return leadsOut(linkpath ?? '')
      ? `links to ${linkpath}, outside the folder`
      : circleDanger(path, linkpath ?? '');
  return harmless.has(type) ? undefined : `is a ${type}, which models do not need`;
}

const harmless = new Set(['File', 'OldFile', 'ContiguousFile', 'Directory', 'GNUDumpDir']);

/** A symbolic link starts at the folder that holds it, a hard link at the top of the archive. */
function linkDanger(path: string, target: string): string | undefined {
  const out = leadsOut(target) && (isRooted(target) || leadsOut(join(path, '..', target)));
  return out ? `links to ${target}, outside the folder` : undefined;
}

/** The package tar waits without end for a link whose name is that of its target, or of a folder around it. */
function circleDanger(path: string, target: string): string | undefined {
  const [one, other] = [reserved(path), reserved(target)];
  const circle = one.startsWith(other) || other.startsWith(one);
  return circle ? `links to ${target}, which is itself, around it or within it` : undefined;
}

/** As tar compares the paths that an entry keeps others from. */
function reserved(path: string): string {
  const folded = path.normalize('NFD').toLowerCase().toUpperCase();
  return `${join(folded).replace(/\/+$/, '')}/`;
}

function leadsOut(path: string): boolean {
  const clean = normalize(path.replaceAll('\\', '/'));
  return isRooted(clean) || clean === '..' || clean.startsWith('../');
}

function isRooted(path: string): boolean {
  return isAbsolute(path) || /^[A-Za-z]:/.test(path);
}
