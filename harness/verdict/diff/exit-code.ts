import type { Run } from '../run.js';
import type { CheckChange } from './change.js';
import type { ModelDiff, RunDiff } from './diff-runs.js';

/**
 * Of the step from one run to the next: 1 when a promise is newly broken, else 2 when something is no longer decided or checked,
 * nothing could be compared, or the run did not finish; else 0. What was broken or undecided before counts for nothing.
 */
export function exitCodeOfDiff(diff: RunDiff, after: Run): 0 | 1 | 2 {
  return exitCode(diff, after, isCompared);
}

/** As `exitCodeOfDiff`, where what the first run does not have is held to all its promises: that something was decided is enough. */
export function exitCodeSince(diff: RunDiff, after: Run): 0 | 1 | 2 {
  return exitCode(diff, after, isDecided);
}

function exitCode({ models }: RunDiff, after: Run, counts: (model: ModelDiff) => boolean): 0 | 1 | 2 {
  const changes = models.flatMap((model) => model.changes);
  if (changes.some((one) => isNewlyBroken(one, after.strict))) return 1;
  const lost = changes.some(isLost) || models.some(isLostModel);
  return lost || !models.some(counts) || after.interrupted ? 2 : 0;
}

/** Both runs have the model, and the second one decided something. */
export function isCompared(model: ModelDiff): boolean {
  return model.before !== undefined && isDecided(model);
}

function isDecided({ after }: ModelDiff): boolean {
  return (after?.checks ?? []).some(({ status }) => status !== 'error' && status !== 'skip');
}

function isLost({ change, before }: CheckChange): boolean {
  return change === 'became-undecided' || (change === 'gone' && before?.status === 'pass');
}

function isLostModel({ before, after }: ModelDiff): boolean {
  return after === undefined || (after.problem !== undefined && before?.problem === undefined);
}

/** A MUST that fails and did not; in a strict run, a SHOULD or a warning, too. */
export function isNewlyBroken({ change, after }: CheckChange, strict: boolean): boolean {
  if (change === 'new-warning') return strict;
  return change === 'broken' && (strict || after?.level === 'must');
}
