import { type Check, levelOf } from '../check/check.js';
import type { Contract } from '../contract/contract.js';
import type { CheckResult } from '../verdict/run.js';

/** The result of a check that tried nothing, but for its status and summary. */
export function untried(check: Check, contract: Contract): Omit<CheckResult, 'status' | 'summary'> {
  const { id, demands } = check;
  return { id, level: levelOf(check, contract), demands, cases: 0, calls: 0, durationMs: 0 };
}
