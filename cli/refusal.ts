import { RuntimeUnavailable } from '../harness/engine/runtime/runtime.js';
import { UserError } from '../harness/verdict/user-error.js';
import { visible, visibleLines } from '../reports/visible.js';
import type { Io } from './io.js';

/** Tells what the user can act on, and gives the exit code for that. @throws whatever else it is: a fault of assay */
export function refuse(error: unknown, io: Pick<Io, 'stderr'>): 2 {
  io.stderr.write(refusalText(error));
  return 2;
}

/** What happened, and under it what fixes it, a line each. @throws whatever is no UserError */
export function refusalText(error: unknown): string {
  if (!(error instanceof UserError)) throw error;
  if (error instanceof RuntimeUnavailable) return `${visibleLines(error.message)}\n`;
  const remedies = error.remedy.split('\n').filter(Boolean);
  return [visible(error.message), ...remedies.map((one) => `  → ${visible(one)}`), ''].join('\n');
}
