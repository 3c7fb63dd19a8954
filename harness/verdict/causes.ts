import type { CheckResult } from './run.js';

/** Checks that could not decide, all for the same reason. */
export type Cause = { readonly reason: string; readonly checks: readonly CheckResult[] };

/** One entry for each reason, in the order in which they first occur. */
export function byCause(undecided: readonly CheckResult[]): Cause[] {
  const causes = new Map<string, CheckResult[]>();
  for (const check of undecided) {
    const reason = check.reason ?? check.summary;
    causes.set(reason, [...(causes.get(reason) ?? []), check]);
  }
  return [...causes].map(([reason, checks]) => ({ reason, checks }));
}
