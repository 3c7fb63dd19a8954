import { type CauseKind, sentenceOf } from '../check/cause.js';
import { answering, type Check, levelOf } from '../check/check.js';
import type { Contract } from '../contract/contract.js';
import { UnsafeArchive } from '../savedmodel/obtain/refusals.js';
import { NotASavedModel, UnsupportedFormat } from '../savedmodel/refusal.js';
import type { CheckResult, Finding } from '../verdict/run.js';
import { UserError } from '../verdict/user-error.js';

/** The result of a check for a model that could not be read: one check says why, the others do not apply. */
export function blocked(
  check: Check,
  contract: Contract,
  error: unknown,
  checks: readonly Check[],
): CheckResult {
  const message = error instanceof Error ? error.message : String(error);
  const base = {
    id: check.id,
    level: levelOf(check, contract),
    demands: check.demands,
    cases: 0,
    calls: 0,
    durationMs: 0,
  };
  const answer = answerTo(error);
  if (!answer) {
    const reason = error instanceof UserError ? error.inFull : message;
    return { ...base, status: 'error', summary: reason, reason };
  }
  if (check.answersFor?.includes(answer.kind))
    return { ...base, status: 'fail', summary: message, finding: answer.finding };
  const reason = sentenceOf(
    { kind: answer.kind, text: 'The model could not be read' },
    answering(checks, answer.kind),
  );
  return { ...base, status: 'skip', summary: reason, reason };
}

/** What kept the model from being read, as a fault of the model; undefined when that is unknown. */
function answerTo(error: unknown): { readonly kind: CauseKind; readonly finding: Finding } | undefined {
  if (error instanceof UnsupportedFormat) return undefined;
  if (error instanceof NotASavedModel) {
    const finding = {
      where: 'model',
      expected: 'a TensorFlow 2 SavedModel',
      actual: error.message,
      remedy: error.remedy,
    };
    return { kind: 'not-a-saved-model', finding };
  }
  if (error instanceof UnsafeArchive) {
    const finding = {
      where: 'archive',
      expected: 'entries inside its folder',
      actual: error.message,
      remedy: error.remedy,
    };
    return { kind: 'unsafe-archive', finding };
  }
  return undefined;
}
