import type { CheckResult } from '../run.js';
import { type Standing, standingOf, standingsIn } from './standing.js';
import type { Statement } from './statement.js';

/**
 * `not stated`: the statement makes no claim on it. `not rerun`: not chosen, or stated to be untested. `undecided`: stated, and
 * without an answer now.
 */
export type AgreementKind = 'agrees' | 'contradicts' | 'undecided' | 'not rerun' | 'not stated';

/** What a statement says of a test, and what came of it now. */
export type Agreement = {
  readonly test: string;
  readonly kind: AgreementKind;
  /** Left out where the statement does not name it. */
  readonly stated?: Standing;
  readonly now?: Standing;
  /** Of the test as it was rerun. */
  readonly summary?: string;
};

/**
 * Compares what a statement says of its tests with the results of running them again. `isLeftOut`: tests that were not chosen,
 * and whose lack of a result is no gap.
 */
export function agreementsOf(
  { predicate }: Statement,
  results: readonly CheckResult[],
  isLeftOut: (test: string) => boolean,
): readonly Agreement[] {
  const { strict, reservations } = predicate.model_assay;
  const rerun = new Map(results.map((result) => [result.id, result]));
  const stated = new Map(standingsIn(predicate));
  const isFiltered = reservations.includes('filtered');
  return [...new Set([...stated.keys(), ...rerun.keys()])].map((test) =>
    agreementOn(test, stated.get(test), rerun.get(test), { strict, isFiltered, isLeftOut: isLeftOut(test) }),
  );
}

type How = { readonly strict: boolean; readonly isFiltered: boolean; readonly isLeftOut: boolean };

function agreementOn(
  test: string,
  stated: Standing | undefined,
  result: CheckResult | undefined,
  how: How,
): Agreement {
  const was = stated === undefined ? {} : { stated };
  if (result === undefined) return { test, kind: kindOfGap(stated, how), ...was };
  const now = standingOf(result, how.strict);
  const summary = result.reason ?? result.summary;
  return { test, kind: kindOf(stated, now, result, how), ...was, now, summary };
}

function kindOf(
  stated: Standing | undefined,
  now: Standing,
  { staleWaiver }: CheckResult,
  how: How,
): AgreementKind {
  if (now === 'not tested') return kindOfGap(stated, how);
  if (stated === undefined || stated === 'undecided') return 'not stated';
  if (stated === 'not tested') return now === 'failed' && !how.isFiltered ? 'contradicts' : 'not stated';
  if (now === 'undecided') return 'undecided';
  if (stated === now) return 'agrees';
  const expired = stated === 'waived' && staleWaiver?.why === 'expired';
  return expired || mayBeEither(stated, now) ? 'agrees' : 'contradicts';
}

/** Of a test that has no result now. */
function kindOfGap(stated: Standing | undefined, { isLeftOut }: How): AgreementKind {
  const isClaimed = stated !== undefined && stated !== 'undecided' && stated !== 'not tested';
  return isClaimed && !isLeftOut ? 'undecided' : 'not rerun';
}

/** By the same spec, a waived check passes only where the waiver calls it flaky. */
function mayBeEither(one: Standing, other: Standing): boolean {
  return [one, other].sort().join() === 'passed,waived';
}

/**
 * 1 when something contradicts; 2 when something stated could not be decided, nothing agrees, or something fails now of which nothing is
 * stated; else 0.
 */
export function exitCodeOfAgreements(agreements: readonly Agreement[]): 0 | 1 | 2 {
  const kinds = new Set(agreements.map(({ kind }) => kind));
  if (kinds.has('contradicts')) return 1;
  const fails = agreements.some(({ kind, now }) => kind === 'not stated' && now === 'failed');
  return fails || kinds.has('undecided') || !kinds.has('agrees') ? 2 : 0;
}
