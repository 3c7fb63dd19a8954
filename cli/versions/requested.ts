import { isVersion, sameRelease } from '../../harness/engine/runtime/version.js';
import { UserError } from '../../harness/verdict/user-error.js';
import { writtenWith } from '../../harness/verdict/versions.js';

/** The versions that a comma-separated list names; none where it is left out. @throws UserError where it is no such list */
export function versionsNamed(list: string | undefined): readonly string[] {
  const items = list === undefined ? [] : list.split(',').map((item) => item.trim());
  for (const [at, item] of items.entries()) {
    if (item === '')
      throw refused(`--tensorflow "${list}" names no version in place ${at + 1} of ${items.length}.`);
    if (item !== writtenWith && !isVersion(item))
      throw refused(`${item} is not a complete TensorFlow version.`);
    const before = items.slice(0, at).find((one) => one === item || sameRelease(one, item));
    if (before !== undefined)
      throw refused(
        before === item ? `${item} is named twice.` : `${before} and ${item} are the same release.`,
      );
  }
  return items;
}

/** Whether these versions make several runs, side by side. */
export function isSideBySide(versions: readonly string[]): boolean {
  return versions.length > 1 || versions.includes(writtenWith);
}

function refused(message: string): UserError {
  return new UserError(message, `Give versions as in --tensorflow 2.15.1,2.21.0, or ${writtenWith}.`);
}
