import type { Cause, Explained } from '../check/cause.js';
import type { Check, Conclusion, Property } from '../check/check.js';
import { concreteFunctionIn } from '../check/refused-call.js';
import { type Compared, largestOf, looser } from '../check/tolerance.js';
import { LeftOut, type Violation } from '../check/violation.js';
import type { Contract } from '../contract/contract.js';
import type { Call, Subject } from '../engine/subject.js';
import type { BatchSpace } from '../images/space.js';
import type { Batch } from '../verdict/batch.js';
import type { Evidence } from '../verdict/run.js';
import { UserError } from '../verdict/user-error.js';
import type { Answering } from './answers.js';
import { causeOf } from './cause-of.js';
import { atOtherSizes, tryOtherSizes } from './other-sizes.js';
import { evidenceOf, passInWords, type TriedCase } from './tried-case.js';
import { failureIn, violationOf } from './violation-of.js';

export type TrialOptions = {
  readonly seed: number;
  /** When random cases stop, by `performance.now()`; corners may continue to the deadline. */
  readonly randomUntil: number;
  /** Of the cases, those that every run tries. */
  readonly corners: number;
  /** Which checks answer for what keeps a case from being judged. */
  readonly answers: Answering;
};

/** How a run of cases ended: the smallest batch that breaks the promise, and how often it was made smaller. */
export type Ended = {
  readonly broken: Batch | undefined;
  readonly numShrinks: number;
};

type Found = { readonly cases: number; readonly evidence: Evidence };

/** What ended the trial, and what is known of why. */
type Lost = { readonly error: unknown; readonly why: Cause | undefined };

/** The cases of one property, judged one by one, and what follows from them together. */
export class Trial {
  readonly #check: Check & Property;
  readonly #subject: Subject;
  readonly #contract: Contract;
  readonly #options: TrialOptions;
  readonly #tried: TriedCase[] = [];
  readonly #explained: Explained[] = [];
  #attempts = 0;
  /** The loosest comparison of the cases that hold. */
  #compared: Compared | undefined;
  /** The latest violation; each is of a smaller batch than the one before. */
  #violation: Violation | undefined;
  /** Why the first case that could not be judged could not. */
  #unanswered: Cause | undefined;
  #lost: Lost | undefined;
  /** How the images of the failure went at other sizes. */
  #elsewhere: readonly TriedCase[] = [];

  constructor(check: Check & Property, subject: Subject, contract: Contract, options: TrialOptions) {
    this.#check = check;
    this.#subject = subject;
    this.#contract = contract;
    this.#options = options;
  }

  /**
   * One case. Resolves at once, without a case, when the engine is lost or the time for random cases is over.
   * @throws Violation when the batch breaks the promise, and in the same way as the first that did
   */
  async attempt(batch: Batch): Promise<void> {
    this.#attempts += 1;
    if (this.#lost || this.#late()) return;
    try {
      const compared = await this.#check.holds(this.#subject, batch, this.#contract);
      this.#compared = looser(this.#compared, compared);
      this.#note({ batch, outcome: 'pass' });
    } catch (error) {
      const violation = await this.#judged(batch, error).catch((bug: unknown) => this.#lose(bug, undefined));
      if (violation) throw violation;
    }
  }

  /** Tries the images of a failure at the sizes of other cases. What was concluded before stays. */
  async tryElsewhere(broken: Batch, cases: readonly Batch[], space: BatchSpace): Promise<void> {
    const violation = this.#violation;
    if (this.#lost || !violation) return;
    const sizes = atOtherSizes(broken, cases, space);
    const holds = (batch: Batch) => this.#check.holds(this.#subject, batch, this.#contract);
    this.#elsewhere = await tryOtherSizes(broken, sizes, this.#subject, (batch) =>
      holds(batch).then(
        () => 'pass',
        (error) => failureIn(error, violation),
      ),
    );
  }

  conclude({ broken, numShrinks }: Ended): Conclusion {
    const { corners } = this.#options;
    const cases = this.#tried.filter(({ outcome }) => outcome !== 'left-out').length;
    const compared = noiseIn(this.#violation?.compared ?? this.#compared);
    const tried = evidenceOf(this.#tried, this.#contract, this.#options.seed, this.#elsewhere);
    const evidence = { ...tried, ...compared };
    const found = { cases, evidence };
    if (this.#violation && broken) return this.#failure(broken, this.#violation, numShrinks, found);
    if (this.#lost) return this.#undecided(this.#lost, found);
    if (this.#unanswered) return this.#notAnswered(this.#unanswered, found);
    const left = this.#tried.find(({ leftTo }) => leftTo !== undefined)?.leftTo;
    if (cases === 0 && left)
      return { status: 'skip', reason: `${left.why.text}; see ${left.id}.`, answeredBy: left.id };
    if (this.#tried.length < corners || cases === 0) {
      const reason = `Only ${this.#tried.length} of the ${corners} corner cases fitted into the time limit; raise limits.deadline.`;
      return { status: 'error', reason, ...found };
    }
    return { status: 'pass', summary: passInWords(this.#tried, this.#check.held(this.#contract)), ...found };
  }

  #late(): boolean {
    return this.#drawn() && performance.now() > this.#options.randomUntil;
  }

  /** Whether the corners are behind us. */
  #drawn(): boolean {
    return this.#attempts > this.#options.corners;
  }

  #note(one: Omit<TriedCase, 'drawn'>): void {
    if (!this.#violation) this.#tried.push({ ...one, drawn: this.#drawn() });
  }

  /** What the error says of the promise; undefined where the case is no violation, or another one than the first. */
  async #judged(batch: Batch, error: unknown): Promise<Violation | undefined> {
    const why = await causeOf(error, this.#subject, this.#contract);
    const id = why && this.#options.answers.to(why, this.#check, this.#subject.model);
    const violation = violationOf(error, why);
    if (why && id !== undefined) this.#note({ batch, outcome: 'left-out', leftTo: { id, why } });
    else if (violation) return this.#broken(batch, violation, error instanceof LeftOut ? undefined : why);
    else if (error instanceof LeftOut) {
      this.#note({ batch, outcome: 'left-out' });
      this.#unanswered ??= error.why;
    } else this.#lose(error, why);
    return undefined;
  }

  #lose(error: unknown, why: Cause | undefined): undefined {
    this.#lost = { error, why };
  }

  #broken(batch: Batch, violation: Violation, why: Cause | undefined): Violation | undefined {
    this.#note({ batch, outcome: 'fail' });
    if (this.#violation && this.#violation.finding.where !== violation.finding.where) return undefined;
    this.#violation = violation;
    this.#explained.push(...(why ? [why] : this.#shownBy(violation, batch)));
    return violation;
  }

  /** What a violation shows of the concrete functions that the case calls; with arguments, of the one that takes them. */
  #shownBy({ shows = this.#check.answersFor ?? [], finding }: Violation, batch: Batch): Explained[] {
    const { arguments: args } = finding;
    const calls = args ? [{ batch: finding.batch ?? batch, args }] : callsOf(this.#check, batch);
    const functions = calls.flatMap(
      (call) => concreteFunctionIn(this.#subject.model, this.#contract, call) ?? [],
    );
    return functions.flatMap(({ functionName: of }) => shows.map((kind) => ({ kind, of })));
  }

  #failure(batch: Batch, { finding, outputs }: Violation, shrunk: number, found: Found): Conclusion {
    const { answersFor = [] } = this.#check;
    const explains = this.#explained.filter(({ kind }) => answersFor.includes(kind));
    const shown = outputs ? { outputs } : {};
    return { status: 'fail', finding: { batch, ...finding, shrunk }, ...found, explains, ...shown };
  }

  #undecided({ error, why }: Lost, found: Found): Conclusion {
    if (why) this.#options.answers.undecided(this.#check, why);
    if (error instanceof UserError) return { status: 'error', reason: error.inFull, ...found };
    throw error;
  }

  #notAnswered(why: Cause, found: Found): Conclusion {
    const { answers } = this.#options;
    answers.undecided(this.#check, why);
    return { status: 'error', reason: answers.reasonFor(why), ...found };
  }
}

/** The calls that a case makes. */
export function callsOf(check: Property, batch: Batch): readonly Call[] {
  return check.calls?.(batch) ?? [{ batch }];
}

/** What a report may draw of a comparison of values. */
function noiseIn(compared: Compared | undefined): Evidence {
  if (!compared) return {};
  const { absolute, relative, source, origin } = compared.tolerance;
  const { difference, scale } = compared;
  const largest = largestOf(compared);
  return { noise: { floor: difference, scale, tolerance: absolute, relative, source, origin, largest } };
}
