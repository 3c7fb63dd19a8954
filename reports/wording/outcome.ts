import type { CheckResult, Verdict } from '../../harness/verdict/run.js';

/** A check's status for readers, with a failed SHOULD as a warning unless the run is strict. */
export type Outcome = 'fail' | 'error' | 'warning' | 'waived' | 'skip' | 'pass';

/** Every outcome, the most urgent first. */
export const outcomes = [
  'fail',
  'error',
  'warning',
  'waived',
  'pass',
  'skip',
] as const satisfies readonly Outcome[];

export type Tally = Readonly<Record<Outcome, number>>;

/** A failed SHOULD is a warning, and fails a strict run; so is a check that passed with warnings of its own. */
export function outcomeOf(check: CheckResult, strict: boolean): Outcome {
  const failedShould = check.status === 'fail' && check.level === 'should';
  const warned = check.status === 'pass' && (check.warnings?.length ?? 0) > 0;
  if (failedShould || warned) return strict ? 'fail' : 'warning';
  return check.status;
}

export function tally(checks: readonly CheckResult[], strict: boolean): Tally {
  const counts: Record<Outcome, number> = { fail: 0, error: 0, warning: 0, waived: 0, skip: 0, pass: 0 };
  for (const check of checks) counts[outcomeOf(check, strict)] += 1;
  return counts;
}

/** For example "2 failed, 1 warning, 28 passed, 6 skipped"; "no checks" when there were none. */
export function tallyInWords(counts: Tally): string {
  const parts = outcomes.filter((outcome) => counts[outcome] > 0);
  return (
    parts.map((outcome) => `${counts[outcome]} ${noun(outcome, counts[outcome])}`).join(', ') || 'no checks'
  );
}

/** The outcome as a heading or a label, for example "could not decide". */
export const outcomeLabels: Readonly<Record<Outcome, string>> = {
  fail: 'failed',
  error: 'could not decide',
  warning: 'warning',
  waived: 'waived',
  skip: 'skipped',
  pass: 'passed',
};

export const verdictLabels: Readonly<Record<Verdict, string>> = {
  conforms: 'conforms',
  'does-not-conform': 'does not conform',
  unknown: 'could not decide',
};

function noun(outcome: Outcome, count: number): string {
  if (outcome === 'warning') return count === 1 ? 'warning' : 'warnings';
  if (outcome === 'error') return count === 1 ? 'error' : 'errors';
  return outcomeLabels[outcome];
}
