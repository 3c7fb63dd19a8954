import type { Waiver } from '../contract/contract.js';
import type { CheckResult } from '../verdict/run.js';

/**
 * Applies a spec's waivers. A waived failure does not count; a waiver that has expired, or of a check
 * that did not fail, is itself a failure, so that no waiver outlives its reason.
 * `today` is YYYY-MM-DD; a waiver holds through the day on which it expires.
 */
export function waived(
  results: readonly CheckResult[],
  waivers: readonly Waiver[],
  today: string,
): CheckResult[] {
  return results.map((result) => {
    const waiver = waivers.find(({ check }) => check === result.id);
    return waiver ? underWaiver(result, waiver, today) : result;
  });
}

function underWaiver(result: CheckResult, waiver: Waiver, today: string): CheckResult {
  const until = waiver.expires === undefined ? '' : ` until ${waiver.expires}`;
  const { status } = result;
  if (waiver.expires !== undefined && waiver.expires < today)
    return stale(result, `It expired on ${waiver.expires}`, waiver);
  if (status === 'fail') return { ...result, status: 'waived', reason: `${waiver.reason}${until}` };
  if (status === 'pass') return stale(result, 'The check passes', waiver);
  if (status === 'skip') return stale(result, 'The check does not apply', waiver);
  return result;
}

const ofWaiver = 'waiver "';

/** Whether the waiver fails here, and not the check itself. */
export function isStaleWaiver({ status, finding }: CheckResult): boolean {
  return status === 'fail' && finding?.where.startsWith(ofWaiver) === true;
}

/** The waiver fails the run, as a MUST; the result of the check itself is still reported. */
function stale(result: CheckResult, why: string, waiver: Waiver): CheckResult {
  if (result.status === 'error') return result;
  const where = `${ofWaiver}${waiver.reason}"`;
  const expected = 'a waiver that has not expired, of a check that fails';
  const actual = `${why}; the check says: ${result.summary}`;
  const remedy = 'Remove the waiver from the spec, or renew it with a valid reason.';
  const finding = { where, expected, actual, remedy };
  const { reason: _reason, ...rest } = result;
  return { ...rest, level: 'must', status: 'fail', summary: `${where}: ${actual}`, finding };
}
