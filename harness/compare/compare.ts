import type { Contract } from '../contract/contract.js';
import type { OpenSubject } from '../engine/subject.js';
import type { Images } from '../images/picture.js';
import type { ModelSession } from '../run/model-session.js';
import type { ContractDifference, FunctionDelta, Purpose } from '../verdict/comparison.js';
import { inMachineWords } from '../verdict/machine-fault.js';
import type { ModelRun } from '../verdict/run.js';
import { UserError } from '../verdict/user-error.js';
import { answerTo } from './answer.js';
import { declaredDifferences } from './declared.js';
import { callBoth } from './function.js';
import { keptBy } from './kept.js';
import { offeredDifferences } from './offered.js';
import { trainingDelta } from './training.js';

/** A model that is compared: its contract, its files and process, and what checks said of it. */
export type Compared = {
  /** What it promises itself; of NEW, that of OLD where it has no spec of its own. */
  readonly contract: Contract;
  readonly session: ModelSession;
  /** Held to the contract of OLD. */
  readonly run: ModelRun;
  /** Whether it may be loaded into TensorFlow. */
  readonly safe: boolean;
};

export type CompareOptions = {
  readonly purpose: Purpose;
  readonly seed: number;
  /** Image files, at the sizes that the models get them in. */
  readonly pictures: (subject: OpenSubject) => Promise<readonly Images[]>;
  readonly isOfTraining: (check: string) => boolean;
  readonly signal: AbortSignal;
};

/** Decides whether NEW may take the place of OLD, for one who relies on OLD's contract. What could not be found out is told. */
export async function compareModels(old: Compared, now: Compared, options: CompareOptions) {
  const kept = keptBy(old.run, now.run, options.isOfTraining);
  const undecided = [...kept.undecided];
  const contract: ContractDifference[] = [
    ...declaredDifferences(old.contract, now.contract),
    ...kept.differences,
  ];
  let called: FunctionDelta | undefined;
  try {
    const models = [(await old.session.load()).model, (await now.session.load()).model] as const;
    contract.push(...offeredDifferences(...models, old.contract));
    if (old.safe && now.safe) {
      const found = await calledBoth(old, now, options);
      contract.push(...found.differences);
      called = found.function;
    } else undecided.push(`${old.safe ? 'NEW' : 'OLD'} fails a check of safety and is not run.`);
  } catch (error) {
    undecided.push(reasonOf(error, options));
  }
  for (const { session } of [old, now])
    await session.expectUnchanged().catch((error) => undecided.push(reasonOf(error, options)));
  const found = { purpose: options.purpose, contract, function: called, undecided };
  return { ...answerTo(found), contract, undecided, ...(called ? { function: called } : {}) };
}

async function calledBoth(old: Compared, now: Compared, options: CompareOptions) {
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
  const training =
    fineTuning?.trainingArgument && found.differences.length === 0
      ? await trainingDelta(pair, old.contract, options.seed, beforeCall)
      : undefined;
  return { ...found, function: { ...found.function, ...(training ? { training } : {}) } };
}

/** Why nothing more could be found out, in a sentence. @throws what is a bug */
function reasonOf(error: unknown, { signal }: CompareOptions): string {
  if (signal.aborted) return 'The comparison was interrupted.';
  const told = inMachineWords(error);
  if (told instanceof UserError) return told.inFull;
  throw told;
}
