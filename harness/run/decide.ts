import { sentenceOf } from '../check/cause.js';
import { answering, type Check, type Conclusion, levelOf } from '../check/check.js';
import { hasEndpoint } from '../check/endpoint.js';
import { Violation } from '../check/violation.js';
import type { Contract } from '../contract/contract.js';
import { CallFailed, CallRefused } from '../engine/process/failures.js';
import type { OpenSubject } from '../engine/subject.js';
import type { SavedModel } from '../savedmodel/saved-model.js';
import type { CheckResult } from '../verdict/run.js';
import { UserError } from '../verdict/user-error.js';
import { accountedFor, explainsFailures } from './explained.js';
import { tryProperty } from './property.js';

/** What a check needs to be decided. */
export type DecisionContext = {
  readonly contract: Contract;
  readonly model: SavedModel;
  /** The running model; started by the first check that calls it. */
  readonly subject: () => Promise<OpenSubject>;
  readonly seed: number;
  /** All checks, chosen or not. */
  readonly checks: readonly Check[];
  /** The safety check for which the model must not be run. */
  readonly unsafe: string | undefined;
  /** Earlier results, in order. */
  readonly decided: readonly CheckResult[];
};

/** Share of a check's time for random cases; the rest is for corners and shrinking. */
const randomShare = 0.5;

/** Decides one check. Never throws: an inconclusive check is an `error`, with the reason. */
export async function decide(check: Check, context: DecisionContext): Promise<CheckResult> {
  const start = performance.now();
  const before = { calls: 0 };
  let subject: OpenSubject | undefined;
  const open = async () => {
    subject = await context.subject();
    before.calls = subject.spent.calls;
    subject.deadline = performance.now() + context.contract.limits.deadlineMs;
    return subject;
  };
  const conclusion = await conclude(check, context, open).catch(asConclusion);
  const calls = (subject?.spent.calls ?? 0) - before.calls;
  return resultOf(check, context.contract, conclusion, { calls, durationMs: performance.now() - start });
}

async function conclude(
  check: Check,
  context: DecisionContext,
  open: () => Promise<OpenSubject>,
): Promise<Conclusion> {
  const applies = check.applies(context.contract, context.model);
  if (applies !== true) return leftTo(applies, context);
  if (check.kind === 'reading') return check.read(context.model, context.contract);
  const callable = hasEndpoint(context.contract, context.model);
  if (callable !== true) return leftTo(callable, context);
  const gate = unsafe(context);
  if (gate !== undefined) return { status: 'skip', reason: gate };
  const subject = await open();
  if (check.kind === 'measurement')
    return check
      .measure(subject, context.contract, context.seed)
      .catch((error) => unlessExplained(error, context));
  const randomUntil = performance.now() + context.contract.limits.deadlineMs * randomShare;
  return tryProperty(check, subject, context.contract, {
    seed: context.seed,
    randomUntil,
    explained: explainsFailures(context.decided),
  });
}

function leftTo(cause: Exclude<ReturnType<Check['applies']>, true>, { checks }: DecisionContext): Conclusion {
  const reason = typeof cause === 'string' ? cause : sentenceOf(cause, answering(checks, cause.kind));
  return { status: 'skip', reason };
}

/** A model that fails a safety check is not loaded into TensorFlow, whether that check was selected or not. */
function unsafe({ unsafe: failed }: DecisionContext): string | undefined {
  if (failed === undefined) return undefined;
  return `The model is not run, because it fails ${failed}; --allow-unsafe runs it anyway.`;
}

function unlessExplained(error: unknown, { decided }: DecisionContext): Conclusion {
  if (!accountedFor(error, decided)) return asConclusion(error);
  const { message } = error as Error;
  return { status: 'skip', reason: `The call failed, which another check reports: ${message}` };
}

function asConclusion(error: unknown): Conclusion {
  if (error instanceof Violation) return { status: 'fail', finding: error.finding };
  if (error instanceof CallFailed || error instanceof CallRefused) {
    return { status: 'fail', finding: { where: 'call', expected: 'an output', actual: error.message } };
  }
  if (error instanceof UserError) return { status: 'error', reason: error.inFull };
  return {
    status: 'error',
    reason: `The check itself failed: ${error instanceof Error ? error.message : String(error)}. Please report it.`,
  };
}

function resultOf(
  check: Check,
  contract: Contract,
  conclusion: Conclusion,
  spent: { calls: number; durationMs: number },
): CheckResult {
  const { status } = conclusion;
  const base = {
    id: check.id,
    level: levelOf(check, contract),
    status,
    demands: check.demands,
    calls: spent.calls,
    durationMs: Math.round(spent.durationMs),
  };
  if (conclusion.status === 'skip')
    return { ...base, summary: conclusion.reason, reason: conclusion.reason, cases: 0 };
  const evidence = conclusion.evidence ? { evidence: conclusion.evidence } : {};
  const cases = conclusion.cases ?? 0;
  if (conclusion.status === 'error')
    return { ...base, summary: conclusion.reason, reason: conclusion.reason, cases, ...evidence };
  const warnings = conclusion.warnings?.length ? { warnings: conclusion.warnings } : {};
  if (conclusion.status === 'pass') {
    const summary = [conclusion.summary, ...(conclusion.warnings ?? [])].join('; ');
    return { ...base, summary, cases, ...warnings, ...evidence };
  }
  const { where, expected, actual } = conclusion.finding;
  return {
    ...base,
    summary: `${where}: expected ${expected}, got ${actual}`,
    cases,
    finding: conclusion.finding,
    ...warnings,
    ...evidence,
  };
}
