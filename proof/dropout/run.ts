import { type Conclusion, noExcuses } from '../../harness/check/check.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Subject } from '../../harness/engine/subject.js';
import { outputsKept } from '../../suites/dropout/outputs-kept.js';
import { withSubject } from '../running.js';

/** One run of the statistics on one model. */
export type Trial = {
  readonly status: Conclusion['status'];
  /** Calls of the model. */
  readonly calls: number;
  /** Rate that was estimated, where something was dropped. */
  readonly rate: number | undefined;
};

/** Runs the statistics on a model, once for each seed, in one process. */
export function trialsOf(spec: string, seeds: readonly number[]): Promise<Trial[]> {
  return withSubject(spec, async (subject, contract) => {
    const trials: Trial[] = [];
    for (const seed of seeds) trials.push(await trial(subject, contract, seed));
    return trials;
  });
}

async function trial(subject: Subject, contract: Contract, seed: number): Promise<Trial> {
  if (outputsKept.kind !== 'measurement') throw new Error('The statistics are a measurement.');
  const before = subject.spent.calls;
  const conclusion = await outputsKept.measure(subject, contract, seed, noExcuses);
  const rate = conclusion.status === 'fail' ? conclusion.evidence?.rate : undefined;
  return {
    status: conclusion.status,
    calls: subject.spent.calls - before,
    rate: typeof rate === 'number' ? rate : undefined,
  };
}
