import type { Waiver } from '../contract/contract.js';
import { fingerprintOf } from '../verdict/fingerprint.js';
import type { CheckResult, StaleWaiver } from '../verdict/run.js';

/**
 * Applies a spec's waivers. A waived failure does not count; a waiver that has expired, or of a check
 * that did not fail, is itself a failure, so that no waiver outlives its reason. What is waived as flaky may pass, too;
 * one that names a finding accepts no other.
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

/** The waiver of a check, unless it has expired. */
export function waiverInForce(id: string, waivers: readonly Waiver[], today: string): Waiver | undefined {
  return waivers.find((waiver) => waiver.check === id && !hasExpired(waiver, today));
}

function hasExpired({ expires }: Waiver, today: string): boolean {
  return expires !== undefined && expires < today;
}

function underWaiver(result: CheckResult, waiver: Waiver, today: string): CheckResult {
  const { status } = result;
  if (status === 'error') return result;
  if (hasExpired(waiver, today)) return stale(result, waiver, 'expired');
  if (status === 'fail') return accepted(result, waiver);
  if (status === 'skip') return isLeft(result) ? result : stale(result, waiver, 'does-not-apply');
  return waiver.flaky === true ? result : stale(result, waiver, 'passes');
}

/** A failure over another finding than the one that the waiver names stays a failure. */
function accepted(result: CheckResult, waiver: Waiver): CheckResult {
  const { finding } = result;
  const fingerprint = fingerprintOf(result);
  if (waiver.finding === undefined || finding === undefined || waiver.finding === fingerprint)
    return { ...result, status: 'waived', reason: reasonOf(waiver) };
  const another = `The waiver "${waiver.reason}" accepts another finding; to accept this one instead, write \`finding: ${fingerprint}\`.`;
  return { ...result, finding: { ...finding, remedy: [another, finding.remedy ?? ''].join(' ').trim() } };
}

/** Whether the check does apply, and another one decides it. */
function isLeft({ answeredBy, decidedBy }: CheckResult): boolean {
  return answeredBy !== undefined || decidedBy !== undefined;
}

function reasonOf({ reason, expires, flaky }: Waiver): string {
  return `${reason}${flaky === true ? ' (flaky)' : ''}${expires === undefined ? '' : ` until ${expires}`}`;
}

/** The waiver fails the run, as a MUST; the result of the check itself is still reported. */
function stale(result: CheckResult, waiver: Waiver, why: StaleWaiver['why']): CheckResult {
  const { reason, expires } = waiver;
  const where = `waiver "${reason}"`;
  const actual = `${inWords(why, waiver)}; the check says: ${result.summary}`;
  const finding = {
    where,
    expected: 'a waiver that has not expired, of a check that fails',
    actual,
    remedy: 'Remove the waiver from the spec, or renew it with a valid reason.',
  };
  const staleWaiver = { why, reason, ...(expires === undefined ? {} : { expires }) };
  const { reason: _reason, answeredBy: _answeredBy, decidedBy: _decidedBy, ...rest } = result;
  return { ...rest, level: 'must', status: 'fail', summary: `${where}: ${actual}`, finding, staleWaiver };
}

function inWords(why: StaleWaiver['why'], { expires }: Waiver): string {
  switch (why) {
    case 'expired':
      return `It expired on ${expires}`;
    case 'passes':
      return 'The check passes';
    case 'does-not-apply':
      return 'The check does not apply';
  }
}
