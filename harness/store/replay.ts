import type { Check, Property } from '../check/check.js';
import { LeftOut } from '../check/violation.js';
import type { Contract } from '../contract/contract.js';
import { allowsBatch } from '../images/space.js';
import { Decisions } from '../run/decisions.js';
import type { ModelSession } from '../run/model-session.js';
import { violationOf } from '../run/violation-of.js';
import { waived } from '../run/waive.js';
import type { Batch } from '../verdict/batch.js';
import type { ReplayOutcome } from '../verdict/replayed.js';
import type { CheckResult, Rule } from '../verdict/run.js';

export type ReplayOptions = {
  /** All checks. */
  readonly checks: readonly Check[];
  /** Of the stored run. */
  readonly rules: readonly Rule[];
  /** Of the stored run. */
  readonly seed: number;
  readonly allowUnsafe: boolean;
  /** YYYY-MM-DD, for waivers that expire. */
  readonly today: string;
};

/**
 * Runs a stored failure again: a property on exactly the batch that broke it, any other check as a whole. Waivers count only
 * where a waiver was the failure.
 */
export async function replayCheck(
  stored: CheckResult,
  contract: Contract,
  session: ModelSession,
  options: ReplayOptions,
): Promise<ReplayOutcome> {
  const check = options.checks.find(({ id }) => id === stored.id);
  if (!check) return { kind: 'could-not-run', reason: whyNone(stored.id, options.rules) };
  const again = caseOf(check, stored);
  const result = await new Decisions(contract, session, { ...options, asked: [again] }).decide(again);
  if (stored.staleWaiver) return answerTo(waived([result], contract.waivers, options.today)[0] ?? result);
  return answerTo(result);
}

/** Nothing is loaded only because a file names it: what run.json says may be somebody else's. */
function whyNone(id: string, rules: readonly Rule[]): string {
  const module = rules.find((rule) => rule.id === id)?.module;
  return module === undefined
    ? `This version of assay has no check ${id}.`
    : `It is a check of ${module}; load it with --checks ${module}.`;
}

function answerTo(result: CheckResult): ReplayOutcome {
  switch (result.status) {
    case 'pass':
      return { kind: 'fixed', result };
    case 'waived':
      return { kind: 'fixed', result: { ...result, summary: `waived: ${result.reason ?? ''}` } };
    case 'fail':
      return { kind: 'still-failing', result };
    case 'error':
    case 'skip':
      return { kind: 'could-not-run', reason: result.reason ?? result.summary };
  }
}

/** The check, reduced to the stored batch where it is a property and there is one. */
function caseOf(check: Check, { finding }: CheckResult): Check {
  const batch = finding?.batch;
  if (check.kind !== 'property' || batch === undefined) return check;
  const { kind: _kind, ...rule } = check;
  return {
    ...rule,
    kind: 'measurement',
    measure: (subject, contract) => tryOnce(check, batch, subject, contract),
  };
}

async function tryOnce(
  check: Property,
  batch: Batch,
  subject: Parameters<Property['holds']>[0],
  contract: Contract,
) {
  if (!allowsBatch(check.space(contract), batch)) {
    const { count, height, width } = batch;
    const reason = `The spec no longer allows a batch of ${count} at ${height}×${width}; run assay check to see whether the model conforms now.`;
    return { status: 'error', reason } as const;
  }
  try {
    await check.holds(subject, batch, contract);
    return { status: 'pass', summary: `the batch that broke it: ${check.held(contract)}`, cases: 1 } as const;
  } catch (error) {
    const violation = violationOf(error);
    if (!violation && error instanceof LeftOut) return { status: 'error', reason: error.message } as const;
    if (!violation) throw error;
    return { status: 'fail', finding: { batch, ...violation.finding }, cases: 1 } as const;
  }
}
