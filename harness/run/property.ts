import fc from 'fast-check';
import type { Check, Conclusion, Property } from '../check/check.js';
import type { Contract } from '../contract/contract.js';
import type { Subject } from '../engine/subject.js';
import { batchesIn } from '../images/batches.js';
import type { Batch } from '../verdict/batch.js';
import { Trial, type TrialOptions } from './trial.js';

export type PropertyOptions = TrialOptions & {
  readonly seed: number;
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
  const enough = check.enough?.(subject, contract) ?? Number.POSITIVE_INFINITY;
  const corners = check.corners(contract).slice(0, enough);
  const batches = batchesIn(check.space(contract));
  const random = fc.sample(batches, { seed: options.seed, numRuns: contract.runs });
  const cases = [...corners, ...random].slice(0, enough);
  const trial = new Trial(check, subject, contract, options);
  await subject.expect(cases.flatMap((batch) => trial.callsOf(batch)));
  const { counterexample, numShrinks } = await fc.check(
    fc.asyncProperty<[Batch]>(batches, (batch) => trial.attempt(batch)),
    { seed: options.seed, numRuns: cases.length, examples: cases.map((batch): [Batch] => [batch]) },
  );
  const conclusion = trial.conclude({ corners: corners.length, broken: counterexample?.[0], numShrinks });
  return check.comparesValues ? withNoise(conclusion, subject) : conclusion;
}

/** Adds the noise that bounded the comparisons; nothing where nothing was called. */
async function withNoise(conclusion: Conclusion, subject: Subject): Promise<Conclusion> {
  if (conclusion.status !== 'pass' && conclusion.status !== 'fail') return conclusion;
  const noise = await subject.noise().catch(() => undefined);
  if (!noise) return conclusion;
  const { floor, scale, tolerance, source } = noise;
  const evidence = { floor, scale, tolerance: tolerance.absolute, relative: tolerance.relative, source };
  return { ...conclusion, evidence: { ...conclusion.evidence, noise: evidence } };
}
