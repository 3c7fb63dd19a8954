import type { CheckResult, Verdict } from '../../harness/verdict/run.js';

/**
 * A check's status for readers, with a failed SHOULD as a warning unless the run is strict, and `stale` where it is the
 * waiver of the check that fails the run.
 */
export type Outcome = 'fail' | 'stale' | 'error' | 'warning' | 'waived' | 'skip' | 'pass';

/** Every outcome, the most urgent first. */
export const outcomes = [
  'fail',
  'stale',
  'error',
  'warning',
  'waived',
  'pass',
  'skip',
] as const satisfies readonly Outcome[];

export type Tally = Readonly<Record<Outcome, number>>;

export const noTally: Tally = { fail: 0, stale: 0, error: 0, warning: 0, waived: 0, skip: 0, pass: 0 };

/** Whether it fails the run. */
export function fails(outcome: Outcome): boolean {
  return outcome === 'fail' || outcome === 'stale';
}

/** Whether it asks somebody to change the model or the spec. */
export function isFault(outcome: Outcome): boolean {
  return fails(outcome) || outcome === 'warning';
}

/** A failed SHOULD is a warning, and fails a strict run; so is a check that passed with warnings of its own. */
export function outcomeOf(check: CheckResult, strict: boolean): Outcome {
  if (check.staleWaiver) return 'stale';
  const failedShould = check.status === 'fail' && check.level === 'should';
  const warned = check.status === 'pass' && (check.warnings?.length ?? 0) > 0;
  if (failedShould || warned) return strict ? 'fail' : 'warning';
  return check.status;
}

export function tally(checks: readonly CheckResult[], strict: boolean): Tally {
  const counts = { ...noTally };
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
  stale: 'stale waiver',
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
  const countable: Partial<Record<Outcome, string>> = {
    warning: 'warning',
    error: 'error',
    stale: outcomeLabels.stale,
  };
  const singular = countable[outcome];
  return singular === undefined ? outcomeLabels[outcome] : `${singular}${count === 1 ? '' : 's'}`;
}
