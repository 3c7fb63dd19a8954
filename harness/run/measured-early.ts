import type { Check, Conclusion, Measurement } from '../check/check.js';
import type { Contract } from '../contract/contract.js';
import type { OpenSubject } from '../engine/open-subject.js';

/** What a check concluded before its turn. */
export type MeasuredEarly = { readonly conclusion: Conclusion; readonly durationMs: number };

/**
 * Measures a check in another process of the model, before its turn. Only a pass counts: what else it comes to may depend on the
 * checks before it. @throws where it does not pass
 */
export async function measuredEarly(
  check: Check,
  subject: OpenSubject,
  contract: Contract,
  seed: number,
): Promise<MeasuredEarly> {
  const start = performance.now();
  subject.deadline = start + contract.limits.deadlineMs;
  if (!mayBeEarly(check, subject, contract, seed)) throw new NotEarly();
  const conclusion = await check.measure(subject, contract, seed, { answering: notEarly });
  if (conclusion.status !== 'pass') throw new NotEarly();
  return { conclusion, durationMs: performance.now() - start };
}

/** Not where its calls are made in advance, or where the files alone show what it comes to. */
function mayBeEarly(
  check: Check,
  { model }: OpenSubject,
  contract: Contract,
  seed: number,
): check is Check & Measurement {
  return (
    check.kind === 'measurement' &&
    check.repeatable === true &&
    check.foreseen === undefined &&
    check.applies(contract, model) === true &&
    check.fromFiles?.(model, contract, seed) === undefined
  );
}

/** Has whoever waits for a check measure it when its turn comes. */
class NotEarly extends Error {}

async function notEarly(): Promise<never> {
  throw new NotEarly();
}
