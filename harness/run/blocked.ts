import type { Cause } from '../check/cause.js';
import type { Check, Failure } from '../check/check.js';
import type { Contract } from '../contract/contract.js';
import { UnsafeArchive } from '../savedmodel/obtain/refusals.js';
import { NotASavedModel, UnsupportedFormat } from '../savedmodel/refusal.js';
import { inMachineWords } from '../verdict/machine-fault.js';
import type { CheckResult, Finding } from '../verdict/run.js';
import { UserError } from '../verdict/user-error.js';
import type { Answers } from './answers.js';
import { untried } from './untried.js';

/**
 * The verdict of a check on a model that could not be read. It is told once: by the check that answers for such files
 * where they are at fault and that check is asked, else by the first, as an error. The others point to that one.
 */
export function blocked(check: Check, contract: Contract, met: unknown, answers: Answers): CheckResult {
  const error = inMachineWords(met);
  const message = error instanceof Error ? error.message : String(error);
  const { cause, finding } = faultIn(error);
  const base = untried(check, contract);
  if (finding && check.answersFor?.includes(cause.kind)) {
    const failure: Failure = { status: 'fail', finding };
    answers.decided(check, failure);
    return { ...base, status: 'fail', summary: message, finding };
  }
  const answeredBy = answers.to(cause, check, undefined);
  if (answeredBy !== undefined) {
    const reason = `${cause.text}; see ${answeredBy}.`;
    return { ...base, status: 'skip', summary: reason, reason, answeredBy };
  }
  answers.undecided(check, cause);
  const told = error instanceof UserError ? error.inFull : message;
  return { ...base, status: 'error', summary: told, reason: told };
}

type Fault = {
  readonly cause: Cause;
  /** What is wrong with the model; undefined when that is unknown. */
  readonly finding?: Finding;
};

function faultIn(error: unknown): Fault {
  const unread = { of: '', text: 'The model could not be read' } as const;
  if (error instanceof UnsafeArchive) {
    const expected = 'entries inside its folder';
    const finding = { where: 'archive', expected, actual: error.message, remedy: error.remedy };
    return { cause: { ...unread, kind: 'unsafe-archive' }, finding };
  }
  if (error instanceof NotASavedModel && !(error instanceof UnsupportedFormat)) {
    const expected = 'a TensorFlow 2 SavedModel';
    const finding = { where: 'model', expected, actual: error.message, remedy: error.remedy };
    return { cause: { ...unread, kind: 'not-a-saved-model' }, finding };
  }
  return { cause: { ...unread, kind: 'unreadable' } };
}
