import type { Conclusion } from '../check/check.js';
import { Violation } from '../check/violation.js';
import { CallFailed, CallRefused } from '../engine/process/failures.js';
import { inMachineWords } from '../verdict/machine-fault.js';
import { UserError } from '../verdict/user-error.js';

/** What an error that ended a check says: a fact about the model, or why nothing could be decided. */
export function asConclusion(error: unknown): Extract<Conclusion, { status: 'fail' | 'error' }> {
  if (error instanceof Violation) {
    const { finding, outputs } = error;
    return { status: 'fail', finding, ...(outputs ? { outputs } : {}) };
  }
  if (error instanceof CallFailed || error instanceof CallRefused) {
    return { status: 'fail', finding: { where: 'call', expected: 'an output', actual: error.message } };
  }
  const told = inMachineWords(error);
  if (told instanceof UserError) return { status: 'error', reason: told.inFull };
  return {
    status: 'error',
    reason: `The check itself failed: ${error instanceof Error ? error.message : String(error)}. Please report it.`,
  };
}
