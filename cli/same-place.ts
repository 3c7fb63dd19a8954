import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../harness/verdict/user-error.js';

/** Whether two paths lead to one file or folder that is there. */
export function isSamePlace(one: string, other: string): boolean {
  return existsSync(one) && existsSync(other) && realpathSync(one) === realpathSync(other);
}

/**
 * The run that an option names is to be there the next time, too: a baseline that a run replaced by itself would excuse all that
 * broke in it. @throws UserError where the reports of this run go over it
 */
export function expectKept(option: string, file: string | undefined, out: string): void {
  if (file !== undefined && isSamePlace(file, path.join(out, 'run.json')))
    throw new UserError(
      `${file} is the run of ${option}, and this run would write over it.`,
      'Choose another folder for the reports with --out, or copy that run first.',
    );
}
