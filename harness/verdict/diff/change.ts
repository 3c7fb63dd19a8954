import { fingerprintOf } from '../fingerprint.js';
import type { CheckResult, Status } from '../run.js';

/** What became of one check of a model from one run to the next. */
export type Change =
  | 'fixed'
  /** It fails, and did not, or fails over something else. */
  | 'broken'
  | 'still-broken'
  | 'became-undecided'
  | 'still-undecided'
  | 'decided'
  | 'waived'
  /** It was not part of the first run; it does not fail. */
  | 'new'
  /** It is not part of the second run. */
  | 'gone'
  /** It has a warning that it did not have. */
  | 'new-warning'
  | 'skipped'
  | 'same';

export type CheckChange = {
  readonly id: string;
  readonly change: Change;
  readonly before?: CheckResult;
  readonly after?: CheckResult;
};

/** The change of a check; one result at least is there. */
export function changeOf(before: CheckResult | undefined, after: CheckResult | undefined): Change {
  if (after === undefined) return 'gone';
  if (after.status === 'fail') return isSameFailure(before, after) ? 'still-broken' : 'broken';
  if (after.status === 'error') return before?.status === 'error' ? 'still-undecided' : 'became-undecided';
  if (isLeft(after)) return leftChange(before);
  if (before === undefined) return 'new';
  if (before.status === after.status) return hasNewWarning(before, after) ? 'new-warning' : 'same';
  if (isLeft(before) && after.status === 'pass') return 'decided';
  return endings[after.status](before.status);
}

/** What a failed check answers for has not been decided itself. */
function isLeft({ status, answeredBy }: CheckResult): boolean {
  return status === 'skip' && answeredBy !== undefined;
}

function leftChange(before: CheckResult | undefined): Change {
  if (before === undefined || before.status === 'pass') return 'became-undecided';
  return isLeft(before) ? 'same' : 'still-undecided';
}

function isSameFailure(before: CheckResult | undefined, after: CheckResult): boolean {
  return before?.status === 'fail' && fingerprintOf(before) === fingerprintOf(after);
}

function hasNewWarning({ warnings: known = [] }: CheckResult, { warnings = [] }: CheckResult): boolean {
  return warnings.length > known.length;
}

const endings: Readonly<Record<'pass' | 'skip' | 'waived', (before: Status) => Change>> = {
  pass: (before) => (before === 'fail' ? 'fixed' : before === 'error' ? 'decided' : 'same'),
  skip: () => 'skipped',
  waived: () => 'waived',
};
