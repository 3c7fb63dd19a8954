import type { ContractDifference, FunctionDelta, Purpose } from '../verdict/comparison.js';
import type { ModelRun } from '../verdict/run.js';
import { answerTo } from './answer.js';
import { type BothOptions, type Callable, calledBoth, reasonOf } from './called-both.js';
import { changedFiles } from './changed-files.js';
import { declaredDifferences } from './declared.js';
import { keptBy } from './kept.js';
import { offeredDifferences } from './offered.js';

/** A model that is compared, and what checks said of it. Its contract is its own; of NEW, that of OLD where it has no spec of its own. */
export type Compared = Callable & {
  /** Held to the contract of OLD. */
  readonly run: ModelRun;
  /** Whether it may be loaded into TensorFlow. */
  readonly safe: boolean;
};

export type CompareOptions = BothOptions & {
  readonly purpose: Purpose;
  readonly isOfTraining: (check: string) => boolean;
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
    undecided.push(reasonOf(error, options.signal));
  }
  const checked = [old, now].map(({ session, run }) => ({ session, digest: run.digest }));
  const changed = await changedFiles(checked, options.signal);
  if (changed.length > 0) return undecidedFor(changed, options);
  const found = { purpose: options.purpose, contract, function: called, undecided };
  return { ...answerTo(found), contract, undecided, ...(called ? { function: called } : {}) };
}

/** Of models of which nothing is known. */
function undecidedFor(undecided: readonly string[], { purpose }: CompareOptions) {
  return { ...answerTo({ purpose, contract: [], function: undefined, undecided }), contract: [], undecided };
}
