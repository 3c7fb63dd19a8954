import type { Cause } from '../check/cause.js';
import type { Check, Conclusion, Failure, Measurement } from '../check/check.js';
import { hasEndpoint } from '../check/endpoint.js';
import { faultInConclusion } from '../check/shape-of-conclusion.js';
import { type ComparedOutputs, LeftOut } from '../check/violation.js';
import type { Contract } from '../contract/contract.js';
import type { OpenSubject } from '../engine/open-subject.js';
import type { Subject } from '../engine/subject.js';
import type { SavedModel } from '../savedmodel/saved-model.js';
import type { CheckResult } from '../verdict/run.js';
import type { Answering } from './answers.js';
import { asConclusion } from './as-conclusion.js';
import { causeOf } from './cause-of.js';
import { countedById, evidenceOfLeft, leftInWords } from './left-to.js';
import type { MeasuredEarly } from './measured-early.js';
import type { ModelTime } from './model-time.js';
import { tryProperty } from './property.js';
import { resultOf } from './result-of.js';

/** What a check needs to be decided. */
export type DecisionContext = {
  readonly contract: Contract;
  readonly model: SavedModel;
  /** The running model; started by the first check that calls it. */
  readonly subject: () => Promise<OpenSubject>;
  readonly seed: number;
  /** The time of the model. */
  readonly time: Pick<ModelTime, 'deadline' | 'ended'>;
  /** Why the model must not be run, which a safety check found. */
  readonly unsafe: Cause | undefined;
  /** Which checks answer for what; told of this one. */
  readonly answers: Answering;
  /** What the check concluded before its turn, in another process; undefined where it is to be decided now. */
  readonly early?: () => Promise<MeasuredEarly | undefined>;
  /** Given the outputs whose rows a failed check compared. */
  readonly onOutputs?: (outputs: ComparedOutputs) => void;
};

/** Share of a check's time for random cases; the rest is for corners and shrinking. */
const randomShare = 0.5;

/** Decides one check. Never throws: an inconclusive check is an `error`, with the reason. */
export async function decide(check: Check, context: DecisionContext): Promise<CheckResult> {
  const start = performance.now();
  const before = { calls: 0 };
  let subject: OpenSubject | undefined;
  const open = async () => {
    context.time.deadline();
    subject = await context.subject();
    before.calls = subject.spent.calls;
    subject.deadline = context.time.deadline();
    return subject;
  };
  let earlyMs: number | undefined;
  const early = async () => {
    const found = await context.early?.();
    earlyMs = found?.durationMs;
    if (!found) await open();
    return found?.conclusion;
  };
  let met: unknown;
  const conclusion = await conclude(check, context, { open, early })
    .then(sound)
    .catch((error) => {
      met = error;
      return concluded(error, check, context, subject);
    })
    .catch(asConclusion);
  if (subject) context.time.ended(met);
  if (conclusion.status === 'fail' && conclusion.outputs) context.onOutputs?.(conclusion.outputs);
  context.answers.decided(check, conclusion.status === 'fail' ? conclusion : undefined);
  const calls = (subject?.spent.calls ?? 0) - before.calls;
  const durationMs = earlyMs ?? performance.now() - start;
  return resultOf(check, context.contract, conclusion, { calls, durationMs });
}

type Opening = {
  /** The running model; the time of the check begins. */
  readonly open: () => Promise<OpenSubject>;
  /** What was concluded before the turn of the check; else its time begins again. */
  readonly early: () => Promise<Conclusion | undefined>;
};

async function conclude(
  check: Check,
  context: DecisionContext,
  { open, early }: Opening,
): Promise<Conclusion> {
  const { contract, model, seed, answers } = context;
  const applies = check.applies(contract, model);
  if (typeof applies === 'string') return { status: 'skip', reason: applies };
  if (applies !== true) throw new LeftOut(applies);
  if (check.kind === 'reading') return unlessSilent(check.read(model, contract), check, context);
  requireCallable(context);
  const shown = check.fromFiles?.(model, contract, seed);
  if (shown) return shown;
  requireSafe(context);
  const subject = await open();
  if (check.kind === 'measurement')
    return unlessSilent((await early()) ?? (await measured(check, subject, context)), check, context);
  const randomUntil = performance.now() + contract.limits.deadlineMs * randomShare;
  const hurry = (withinMs: number) => {
    subject.deadline = Math.min(subject.deadline, performance.now() + withinMs);
  };
  return tryProperty(check, subject, contract, { seed, randomUntil, answers, hurry });
}

/** What another method is to decide could not be decided where its answer does not count. */
function unlessSilent(conclusion: Conclusion, check: Check, { answers }: DecisionContext): Conclusion {
  if (conclusion.status !== 'skip' || conclusion.decidedBy === undefined) return conclusion;
  const silence = answers.silenceOf(conclusion.decidedBy, check);
  if (silence === undefined) return conclusion;
  return { status: 'error', reason: `${conclusion.reason} But ${conclusion.decidedBy} ${silence}.` };
}

/** The conclusion, if it is one: checks that others wrote may be untyped. */
function sound(conclusion: Conclusion): Conclusion {
  const fault = faultInConclusion(conclusion);
  if (fault !== undefined) throw new TypeError(fault);
  return conclusion;
}

/** A measurement, with what it left to other checks. */
async function measured(
  check: Check & Measurement,
  subject: Subject,
  context: DecisionContext,
): Promise<Conclusion> {
  const { contract, model, seed, answers } = context;
  const ids: string[] = [];
  const answering = async (error: unknown) => {
    const cause = await causeOf(error, subject, contract);
    const id = cause && answers.to(cause, check, model);
    if (id !== undefined) ids.push(id);
    return id;
  };
  if (check.foreseen) await subject.expect(check.foreseen(model, contract), { ahead: true });
  const conclusion = await check.measure(subject, contract, seed, { answering });
  if (conclusion.status !== 'pass' || ids.length === 0) return conclusion;
  const left = countedById(ids);
  const summary = [conclusion.summary, ...leftInWords(left)].join('; ');
  return { ...conclusion, summary, evidence: { ...conclusion.evidence, ...evidenceOfLeft(left) } };
}

function requireCallable({ contract, model }: DecisionContext): void {
  const callable = hasEndpoint(contract, model);
  if (callable !== true) throw new LeftOut(callable);
}

/** A model that is not known to be safe is not loaded into TensorFlow, whether that check was selected or not. */
function requireSafe({ unsafe }: DecisionContext): void {
  if (unsafe !== undefined) throw new LeftOut(unsafe);
}

/** What follows from an error for the check as a whole. */
async function concluded(
  error: unknown,
  check: Check,
  { contract, model, answers }: DecisionContext,
  subject: Subject | undefined,
): Promise<Conclusion> {
  const cause = await causeOf(error, subject, contract);
  if (!cause) return asConclusion(error);
  const answeredBy = answers.to(cause, check, model);
  if (answeredBy !== undefined)
    return { status: 'skip', reason: `${cause.text}; see ${answeredBy}.`, answeredBy };
  const conclusion = asConclusion(error instanceof LeftOut ? (error.otherwise ?? error) : error);
  if (conclusion.status === 'fail') return explaining(conclusion, cause, check);
  answers.undecided(check, cause);
  return error instanceof LeftOut ? { status: 'error', reason: answers.reasonFor(cause) } : conclusion;
}

function explaining(failure: Failure, cause: Cause, { answersFor }: Check): Failure {
  return { ...failure, explains: answersFor?.includes(cause.kind) ? [cause] : [] };
}
