import { RuntimeUnavailable } from '../harness/engine/runtime/runtime.js';
import { UserError } from '../harness/verdict/user-error.js';
import { visible, visibleLines } from '../reports/wording/visible.js';
import { asCalled } from './called-as.js';
import type { Io } from './io.js';
import { fitted } from './window.js';

/** Prints an error that the user can act on, and returns its exit code. @throws any other error, which is a bug */
export function refuse(error: unknown, io: Pick<Io, 'stderr'>): 2 {
  io.stderr.write(fitted(asCalled(refusalText(error)), io.stderr));
  return 2;
}

/** The message and, under it, the remedies, a line each. @throws an error that is not a UserError */
export function refusalText(error: unknown): string {
  if (!(error instanceof UserError)) throw error;
  if (error instanceof RuntimeUnavailable) return `${visibleLines(error.message)}\n`;
  const remedies = error.remedy.split('\n').filter(Boolean);
  return [visible(error.message), ...remedies.map((one) => `  → ${visible(one)}`), ''].join('\n');
}
