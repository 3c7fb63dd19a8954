import type { Cause } from '../check/cause.js';
import { LeftOut, Violation } from '../check/violation.js';
import { CallFailed, CallRefused } from '../engine/process/failures.js';
import type { TriedCase } from './tried-case.js';

/** The broken promise that an error stands for; undefined when it says nothing about the model. */
export function violationOf(error: unknown, why?: Cause): Violation | undefined {
  if (error instanceof Violation) return error;
  if (error instanceof LeftOut) return error.otherwise;
  if (!isFailedCall(error)) return undefined;
  return new Violation({ where: 'call', expected: 'an output', actual: error.message, ...why?.finding });
}

/** How a case that did not hold counts beside the first failure; undefined where it says nothing of the model. */
export function failureIn(error: unknown, { finding }: Violation): TriedCase['outcome'] | undefined {
  if (error instanceof Violation) return 'fail';
  if (error instanceof LeftOut) return 'left-out';
  if (!isFailedCall(error)) return undefined;
  return finding.where === 'call' ? 'fail' : 'left-out';
}

function isFailedCall(error: unknown): error is CallFailed | CallRefused {
  return error instanceof CallFailed || error instanceof CallRefused;
}
