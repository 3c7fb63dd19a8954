import { type Check, levelOf } from '../check/check.js';
import type { Contract } from '../contract/contract.js';
import { NotASavedModel } from '../savedmodel/refusal.js';
import type { CheckResult } from '../verdict/run.js';

/** The check that answers for a model that is no SavedModel. */
const answersForReading = 'signature/root-call';

/** The verdict of a check on a model that could not be read: one check says why, the others do not apply. */
export function blocked(check: Check, contract: Contract, error: unknown): CheckResult {
  const message = error instanceof Error ? error.message : String(error);
  const base = {
    id: check.id,
    level: levelOf(check, contract),
    demands: check.demands,
    cases: 0,
    calls: 0,
    durationMs: 0,
  };
  if (!(error instanceof NotASavedModel))
    return { ...base, status: 'error', summary: message, reason: message };
  if (check.id === answersForReading) {
    const finding = {
      where: 'model',
      expected: 'a TensorFlow 2 SavedModel',
      actual: message,
      remedy: error.remedy,
    };
    return { ...base, status: 'fail', summary: message, finding };
  }
  const reason = `The model could not be read; see ${answersForReading}.`;
  return { ...base, status: 'skip', summary: reason, reason };
}
