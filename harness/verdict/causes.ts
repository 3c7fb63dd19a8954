import type { CheckResult } from './run.js';

type Undecided = Pick<CheckResult, 'reason' | 'summary'>;

/** Checks that could not decide, all for the same reason. */
export type Cause<Check extends Undecided = CheckResult> = {
  readonly reason: string;
  readonly checks: readonly Check[];
};

/** One entry for each reason, in the order in which they first occur. */
export function byCause<Check extends Undecided>(undecided: readonly Check[]): Cause<Check>[] {
  const causes = new Map<string, Check[]>();
  for (const check of undecided) {
    const reason = check.reason ?? check.summary;
    causes.set(reason, [...(causes.get(reason) ?? []), check]);
  }
  return [...causes].map(([reason, checks]) => ({ reason, checks }));
}
