import type { CheckResult } from '../verdict/run.js';

/**
 * The results of one model, in which nothing is left to a check that did not answer: what was left out for another check
 * could not be decided, where that one has neither failed as a MUST nor said that it could not be decided either.
 */
export function verified(results: readonly CheckResult[]): CheckResult[] {
  const answered = new Set(results.filter(isAnswer).map(({ id }) => id));
  return results.map((result) => {
    const silent = namedBy(result).find((id) => !answered.has(id));
    if (silent === undefined) return result;
    const reason = `${result.summary} But ${silent} tells of no failure. Please report it.`;
    const { answeredBy: _answeredBy, ...rest } = result;
    return { ...rest, status: 'error', summary: reason, reason };
  });
}

function isAnswer({ status, level, staleWaiver }: CheckResult): boolean {
  const failed = status === 'fail' && level === 'must';
  return status === 'error' || (failed && (!staleWaiver || staleWaiver.why === 'expired'));
}

/** The checks that a result leaves something to. */
function namedBy({ status, answeredBy, evidence }: CheckResult): readonly string[] {
  if (status === 'skip') return answeredBy === undefined ? [] : [answeredBy];
  const { leftTo } = evidence ?? {};
  return status === 'pass' && typeof leftTo === 'object' && leftTo !== null ? Object.keys(leftTo) : [];
}
