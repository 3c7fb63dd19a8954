import type { Run } from '../run.js';
import type { CheckChange } from './change.js';
import type { RunDiff } from './diff-runs.js';

/**
 * Of the step from one run to the next: 1 when a promise is newly broken, else 2 when something is no longer decided, was
 * not compared, or the run did not finish; else 0. What was broken or undecided before counts for nothing.
 */
export function exitCodeOfDiff({ models }: RunDiff, after: Run): 0 | 1 | 2 {
  const changes = models.flatMap((model) => model.changes);
  if (changes.some((one) => isNewlyBroken(one, after.strict))) return 1;
  const compared = models.some(({ before, after: now }) => before !== undefined && now !== undefined);
  const lost = models.some(
    ({ before, after: now }) =>
      now === undefined || (now.problem !== undefined && before?.problem === undefined),
  );
  const undecided = changes.some(({ change }) => change === 'became-undecided');
  return !compared || lost || undecided || after.interrupted ? 2 : 0;
}

/** A MUST that fails and did not; in a strict run, a SHOULD or a warning, too. */
export function isNewlyBroken({ change, after }: CheckChange, strict: boolean): boolean {
  if (change === 'new-warning') return strict;
  return change === 'broken' && (strict || after?.level === 'must');
}
