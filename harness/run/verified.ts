import type { CheckResult } from '../verdict/run.js';

/**
 * The results of one model, in which nothing is left to a check that did not answer: what was left out for another check
 * could not be decided, where that one has neither failed as a MUST nor said that it could not be decided either; and
 * what another method was to decide, where that one has no answer that counts.
 */
export function verified(results: readonly CheckResult[]): CheckResult[] {
  return results.map((result) => {
    const silent = leftTo(result).find((id) => !results.some((one) => one.id === id && hasFailed(one)));
    if (silent !== undefined) return undecided(result, `${silent} ${silenceIn(results, silent)}.`);
    const { decidedBy } = result;
    if (decidedBy === undefined) return result;
    const other = results.find(({ id }) => id === decidedBy);
    return other && hasAnswered(other) ? result : undecided(result, `${decidedBy} gives no answer.`);
  });
}

/** Why the failure of a check does not count for what was left to it. */
function silenceIn(results: readonly CheckResult[], id: string): string {
  const waived = results.some((one) => one.id === id && one.status === 'waived');
  return waived ? 'is waived' : 'reports no failure';
}

function hasFailed({ status, level, staleWaiver }: CheckResult): boolean {
  const failed = status === 'fail' && level === 'must';
  return status === 'error' || (failed && (!staleWaiver || staleWaiver.why === 'expired'));
}

/** A waived failure is no answer for a MUST. */
function hasAnswered({ status, level }: CheckResult): boolean {
  return status !== 'skip' && (status !== 'waived' || level === 'should');
}

/** The checks that a result leaves something to. */
function leftTo({ status, answeredBy, evidence }: CheckResult): readonly string[] {
  if (status === 'skip') return answeredBy === undefined ? [] : [answeredBy];
  const left = evidence?.leftTo;
  return status === 'pass' && typeof left === 'object' && left !== null ? Object.keys(left) : [];
}

function undecided(result: CheckResult, why: string): CheckResult {
  const { answeredBy: _answeredBy, decidedBy: _decidedBy, ...rest } = result;
  const reason = `${result.summary.replace(/[^.!?]$/, '$&.')} But ${why}`;
  return { ...rest, status: 'error', summary: reason, reason };
}
