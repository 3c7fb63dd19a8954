import type { Contract } from '../contract/contract.js';
import type { OpenSubject } from '../engine/open-subject.js';
import type { Images } from '../images/picture.js';
import type { ModelSession } from '../run/model-session.js';
import type { FunctionDelta } from '../verdict/comparison.js';
import { inMachineWords } from '../verdict/machine-fault.js';
import { UserError } from '../verdict/user-error.js';
import { type Called, callBoth } from './function.js';
import { lossesDiffer } from './losses.js';
import { trainingDelta } from './training.js';

/** A model that is called: what it promises, its files and its process. */
export type Callable = { readonly contract: Contract; readonly session: ModelSession };

export type BothOptions = {
  readonly seed: number;
  /** Image files, at the sizes that the models get them in. */
  readonly pictures: (subject: OpenSubject) => Promise<readonly Images[]>;
  readonly signal: AbortSignal;
};

/** Gives two models the calls that the contract of OLD promises, training included. @throws EngineError where one of them cannot be asked */
export async function calledBoth(old: Callable, now: Callable, options: BothOptions): Promise<Called> {
  const pair = { old: await old.session.subject(), new: await now.session.subject() };
  const { limits, fineTuning } = old.contract;
  const start = performance.now();
  const beforeCall = () => {
    const deadline = Math.min(start + limits.modelDeadlineMs, performance.now() + limits.deadlineMs);
    pair.old.deadline = deadline;
    pair.new.deadline = deadline;
  };
  beforeCall();
  const found = await callBoth(pair, old.contract, {
    seed: options.seed,
    randomUntil: start + limits.deadlineMs,
    pictures: await options.pictures(pair.old),
    signal: options.signal,
    beforeCall,
  });
  const training: FunctionDelta['training'] =
    fineTuning?.trainingArgument && found.differences.length === 0
      ? await trainingDelta(pair, old.contract, options.seed, beforeCall)
      : undefined;
  const losses =
    fineTuning && found.function.sameWithin && found.differences.length === 0
      ? await lossesDiffer(pair, beforeCall)
      : [];
  return {
    differences: [...found.differences, ...losses],
    function: { ...found.function, ...(training ? { training } : {}) },
  };
}

/** Why nothing more could be found out, in a sentence. @throws what is a bug */
export function reasonOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'The comparison was interrupted.';
  const told = inMachineWords(error);
  if (told instanceof UserError) return told.inFull;
  throw told;
}
