import type { Check } from '../check/check.js';
import type { Contract } from '../contract/contract.js';
import type { SavedModel } from '../savedmodel/saved-model.js';
import type { CheckResult } from '../verdict/run.js';
import { blocked } from './blocked.js';
import { decide } from './decide.js';
import type { Loaded, ModelSession } from './model-session.js';

export type DecideOptions = {
  readonly seed: number;
  /** Also run models that fail a safety check. */
  readonly allowUnsafe: boolean;
  /** All checks: those of safety run, chosen or not. */
  readonly checks: readonly Check[];
  /** Earlier results, in order. */
  readonly decided: readonly CheckResult[];
};

/** Decides one check of a model, which is read now if this is its first use. Never throws. */
export async function decideOne(
  check: Check,
  contract: Contract,
  session: ModelSession,
  { seed, allowUnsafe, checks, decided }: DecideOptions,
): Promise<CheckResult> {
  let loaded: Loaded;
  try {
    loaded = await session.load();
  } catch (error) {
    return blocked(check, contract, error, checks);
  }
  const { model } = loaded;
  const unsafe = allowUnsafe ? undefined : failedSafety(checks, model, contract);
  return decide(check, { contract, model, subject: () => session.subject(), seed, checks, unsafe, decided });
}

/** The first safety check that the model fails; all are run, chosen or not. */
function failedSafety(checks: readonly Check[], model: SavedModel, contract: Contract): string | undefined {
  const gates = checks.filter(({ gatesRun }) => gatesRun);
  return gates.find((check) => check.kind === 'reading' && check.read(model, contract).status === 'fail')?.id;
}
