import fc from 'fast-check';
import type { Check, Conclusion, Property } from '../check/check.js';
import { LeftOut, Violation } from '../check/violation.js';
import type { Contract } from '../contract/contract.js';
import { CallFailed, CallRefused } from '../engine/process/failures.js';
import type { Subject } from '../engine/subject.js';
import { batchesIn } from '../images/batches.js';
import type { Batch } from '../verdict/batch.js';
import { UserError } from '../verdict/user-error.js';
import { valueMissing } from './explained.js';
import { evidenceOf, passInWords, type TriedCase } from './tried-case.js';

export type PropertyOptions = {
  readonly seed: number;
  /** When random cases stop, by `performance.now()`; corners may continue to the deadline. */
  readonly randomUntil: number;
  /** Whether a MUST has already failed that explains calls that fail. */
  readonly explained: boolean;
};

/**
 * Tries a property on its corners, then on random batches, and shrinks a failure to its smallest batch.
 * A failed call that no other check explains breaks the promise; an inconclusive case is an error.
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
  const callsOf = check.calls ?? ((batch: Batch) => [{ batch }]);
  await subject.expect(cases.flatMap(callsOf));
  const trial = new Trial(check, subject, contract, options);
  const details = await fc.check(
    fc.asyncProperty<[Batch]>(batches, (batch) => trial.attempt(batch)),
    { seed: options.seed, numRuns: cases.length, examples: cases.map((batch): [Batch] => [batch]) },
  );
  const conclusion = trial.conclude(details, corners.length);
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

class Trial {
  readonly #check: Check & Property;
  readonly #subject: Subject;
  readonly #contract: Contract;
  readonly #options: PropertyOptions;
  readonly #tried: TriedCase[] = [];
  #lost: unknown;
  #attempts = 0;
  /** What the first failure was about; only the same counts while it is shrunk. */
  #broken: string | undefined;

  constructor(check: Check & Property, subject: Subject, contract: Contract, options: PropertyOptions) {
    this.#check = check;
    this.#subject = subject;
    this.#contract = contract;
    this.#options = options;
  }

  /** One case. Resolves at once, without a case, when the engine is lost or the time for random cases is over. */
  async attempt(batch: Batch): Promise<void> {
    this.#attempts += 1;
    if (this.#lost !== undefined || this.#late()) return;
    try {
      await this.#check.holds(this.#subject, batch, this.#contract);
      this.#note(batch, 'pass');
    } catch (error) {
      this.#judge(batch, error);
    }
  }

  conclude(details: fc.RunDetails<[Batch]>, corners: number): Conclusion {
    const cases = this.#tried.filter(({ outcome }) => outcome !== 'left-out').length;
    const evidence = evidenceOf(this.#tried, this.#contract, this.#options.seed);
    if (this.#lost !== undefined) {
      if (this.#options.explained && valueMissing(this.#lost))
        return { status: 'skip', reason: this.#lost.message };
      if (this.#lost instanceof UserError)
        return { status: 'error', reason: this.#lost.inFull, cases, evidence };
      throw this.#lost;
    }
    if (details.failed) return this.#failure(details, cases, evidence);
    if (cases === 0) return { status: 'skip', reason: 'No call succeeded; another check reports why.' };
    if (this.#tried.length < corners) {
      const reason = `Only ${this.#tried.length} of the ${corners} corner cases fitted into the time limit; raise limits.deadline.`;
      return { status: 'error', reason, cases, evidence };
    }
    const summary = passInWords(this.#tried, this.#check.held(this.#contract));
    return { status: 'pass', summary, cases, evidence };
  }

  #late(): boolean {
    return this.#drawn() && performance.now() > this.#options.randomUntil;
  }

  /** Whether the corners are behind us. */
  #drawn(): boolean {
    return this.#attempts > this.#check.corners(this.#contract).length;
  }

  #note(batch: Batch, outcome: TriedCase['outcome']): void {
    if (this.#broken === undefined) this.#tried.push({ batch, outcome, drawn: this.#drawn() });
  }

  #judge(batch: Batch, error: unknown): void {
    if (error instanceof LeftOut || this.#excused(error)) {
      this.#note(batch, 'left-out');
      return;
    }
    const violation = violationOf(error);
    if (!violation) {
      this.#lost = error;
      return;
    }
    this.#note(batch, 'fail');
    this.#broken ??= violation.finding.where;
    if (violation.finding.where === this.#broken) throw violation;
  }

  /** Whether a failed call is nothing new: a MUST that explains it has failed before. */
  #excused(error: unknown): boolean {
    if (!this.#options.explained) return false;
    if (error instanceof CallRefused) return true;
    return error instanceof CallFailed && this.#check.failedCall === 'left-out';
  }

  #failure(
    details: fc.RunDetails<[Batch]>,
    cases: number,
    evidence: ReturnType<typeof evidenceOf>,
  ): Conclusion {
    const violation = details.errorInstance;
    const [batch] = details.counterexample ?? [];
    if (!(violation instanceof Violation) || !batch)
      throw violation ?? new Error('The property failed without a message.');
    return {
      status: 'fail',
      finding: { batch, ...violation.finding, shrunk: details.numShrinks },
      cases,
      evidence,
    };
  }
}

/** The broken promise that an error stands for; undefined when it says nothing about the model. */
export function violationOf(error: unknown): Violation | undefined {
  if (error instanceof Violation) return error;
  if (!(error instanceof CallFailed || error instanceof CallRefused)) return undefined;
  return new Violation({ where: 'call', expected: 'an output', actual: error.message });
}
