import type { Waiver } from '../contract/contract.js';
import type { CheckResult } from '../verdict/run.js';

/**
 * Puts a spec's waivers into force. A failure that is waived counts no more; a waiver that has expired, or of a check
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

/** Whether it is a waiver that fails here, and not what the check looks at. */
export function isStaleWaiver({ status, finding }: CheckResult): boolean {
  return status === 'fail' && finding?.where.startsWith(ofWaiver) === true;
}

/** The waiver fails the run, as a MUST; what the check itself found is still told. */
function stale(result: CheckResult, why: string, waiver: Waiver): CheckResult {
  if (result.status === 'error') return result;
  const where = `${ofWaiver}${waiver.reason}"`;
  const expected = 'a waiver of a failure, before it expires';
  const actual = `${why}; the check says: ${result.summary}`;
  const remedy = 'Take the waiver out of the spec, or renew it with a reason that holds.';
  const finding = { where, expected, actual, remedy };
  const { reason: _reason, ...rest } = result;
  return { ...rest, level: 'must', status: 'fail', summary: `${where}: ${actual}`, finding };
}
