import { existsSync } from 'node:fs';
import path from 'node:path';
import type { StoredStatement } from '../../harness/store/stored-statement.js';
import { UserError } from '../../harness/verdict/user-error.js';

/**
 * The spec that was asked for, else the one that the statement names, if that is in this folder; undefined where none is, and was
 * not asked for, if it is optional. @throws UserError
 */
export function specFor(
  { statement }: StoredStatement,
  asked: string | undefined,
  { optional }: { readonly optional: boolean },
): string | undefined {
  const named = asked ?? statement.predicate.configuration[0]?.name ?? '';
  if (existsSync(named) && (asked !== undefined || isBelow(named))) return named;
  if (optional && asked === undefined) return undefined;
  throw new UserError(
    `There is no ${named === '' ? 'spec' : named} here.`,
    'Name the spec with --spec, or compare the model alone with --digests-only.',
  );
}

/** A stranger's path opens nothing elsewhere. */
function isBelow(file: string): boolean {
  const relative = path.relative(process.cwd(), path.resolve(file));
  return !relative.startsWith('..') && !path.isAbsolute(relative);
}
