import type { CheckResult } from '../run.js';
import type { Result, TestResult } from './statement.js';

/** The list of a statement that a check belongs into; `waived`: into those of warnings and of waivers. */
export type Standing = 'passed' | 'warned' | 'waived' | 'failed' | 'undecided' | 'not tested';

/** `strict`: whether a failed SHOULD fails the model. */
export function standingOf({ status, level, warnings = [] }: CheckResult, strict: boolean): Standing {
  switch (status) {
    case 'error':
      return 'undecided';
    case 'skip':
      return 'not tested';
    case 'fail':
      return strict || level === 'must' ? 'failed' : 'warned';
    case 'waived':
    case 'pass':
      if (warnings.length > 0) return strict ? 'failed' : 'warned';
      return status === 'waived' ? 'waived' : 'passed';
  }
}

/** What every test of a statement is stated to be, in the order of its lists; a test in two lists is there twice. */
export function standingsIn(predicate: TestResult): readonly (readonly [test: string, Standing])[] {
  const { passedTests, warnedTests, failedTests, model_assay: assay } = predicate;
  const waived = new Set(assay.waivers.map(({ test }) => test));
  return [
    ...passedTests.map((test) => [test, 'passed'] as const),
    ...warnedTests.map((test) => [test, waived.has(test) ? 'waived' : 'warned'] as const),
    ...failedTests.map((test) => [test, 'failed'] as const),
    ...assay.undecided.map(({ test }) => [test, 'undecided'] as const),
    ...assay.notTested.map(({ test }) => [test, 'not tested'] as const),
  ];
}

/** One who reads nothing else is not misled: what was not decided is no pass, and what was left open is one with a warning at best. */
export function resultOf(predicate: Omit<TestResult, 'result' | 'configuration'>): Result {
  const { passedTests, warnedTests, failedTests, model_assay: assay } = predicate;
  const open = assay.undecided.length > 0 || passedTests.length + warnedTests.length === 0;
  if (failedTests.length > 0 || open) return 'FAILED';
  return warnedTests.length > 0 || assay.reservations.length > 0 ? 'WARNED' : 'PASSED';
}
