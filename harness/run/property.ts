import fc from 'fast-check';
import type { Check, Conclusion, Property } from '../check/check.js';
import { functionCorners } from '../check/function-corners.js';
import { sizeCornersIn } from '../check/size-corners.js';
import { contractsByFunction } from '../check/sizes-of-functions.js';
import type { Contract } from '../contract/contract.js';
import type { Subject } from '../engine/subject.js';
import { batchesIn } from '../images/batches.js';
import type { Batch } from '../verdict/batch.js';
import { distinct } from '../verdict/distinct.js';
import { otherSizesMs } from './other-sizes.js';
import { callsOf, Trial, type TrialOptions } from './trial.js';

export type PropertyOptions = Omit<TrialOptions, 'corners'> & {
  readonly seed: number;
  /** Calls from now on must end within so many milliseconds. */
  readonly hurry?: (withinMs: number) => void;
};

/**
 * Tries a property on its corners, then on random batches, and shrinks a failure to its smallest batch.
 * A failed call breaks the promise, unless another check has failed over it. A broken promise stays one, also where the
 * engine is lost afterwards; what could not be found out is an error.
 */
export async function tryProperty(
  check: Check & Property,
  subject: Subject,
  contract: Contract,
  options: PropertyOptions,
): Promise<Conclusion> {
  const { cases, corners } = casesOf(check, subject, contract, options.seed);
  const trial = new Trial(check, subject, contract, { ...options, corners });
  await subject.expect(
    cases.flatMap((batch) => callsOf(check, batch)),
    { ahead: true },
  );
  const { counterexample, numShrinks } = await fc.check(
    fc.asyncProperty<[Batch]>(batchesIn(check.space(contract)), (batch) => trial.attempt(batch)),
    { seed: options.seed, numRuns: cases.length, examples: cases.map((batch): [Batch] => [batch]) },
  );
  const broken = counterexample?.[0];
  if (broken) {
    options.hurry?.(otherSizesMs);
    await trial.tryElsewhere(broken, cases, check.space(contract));
  }
  return trial.conclude({ broken, numShrinks });
}

/** The cases of a property, and how many of them, the first, every seed has. */
export function casesOf(check: Check & Property, subject: Subject, contract: Contract, seed: number) {
  const enough = check.enough?.(subject, contract) ?? Number.POSITIVE_INFINITY;
  const space = check.space(contract);
  const { model } = subject;
  const corners = [
    ...distinct(contractsByFunction(model, contract).flatMap((one) => check.corners(one))),
    ...functionCorners(subject.endpoint, space),
    ...sizeCornersIn(model, contract, space),
  ].slice(0, enough);
  const random = fc.sample(batchesIn(space), { seed, numRuns: contract.runs });
  return { cases: [...corners, ...random].slice(0, enough), corners: corners.length };
}
