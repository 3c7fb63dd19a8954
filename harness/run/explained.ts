import { CallFailed, CallRefused, EngineError } from '../engine/process/failures.js';
import type { CheckResult } from '../verdict/run.js';

/** Whether a MUST that has failed before explains calls that fail. */
export function explainsFailures(decided: readonly CheckResult[]): boolean {
  return decided.some(({ status, level }) => status === 'fail' && level === 'must');
}

/** The call needs a variable that the checkpoint does not have, which another check reports. */
export function valueMissing(error: unknown): error is EngineError {
  return error instanceof EngineError && error.failure === 'value-missing';
}

/** Whether an earlier failure explains this error, so that it need not be reported again. */
export function accountedFor(error: unknown, decided: readonly CheckResult[]): boolean {
  const aboutTheModel = error instanceof CallFailed || error instanceof CallRefused || valueMissing(error);
  return aboutTheModel && explainsFailures(decided);
}
