import { type Cause, type Explained, explains } from '../check/cause.js';
import { type Check, type Failure, levelOf } from '../check/check.js';
import { LeftOut } from '../check/violation.js';
import type { Contract } from '../contract/contract.js';
import type { SavedModel } from '../savedmodel/saved-model.js';
import { UserError } from '../verdict/user-error.js';
import { waiverInForce } from './waive.js';

export type AnswersOptions = {
  /** All checks. */
  readonly checks: readonly Check[];
  /** The checks of this run, in order. */
  readonly asked: readonly Check[];
  readonly seed: number;
  /** YYYY-MM-DD, for waivers that expire. */
  readonly today: string;
};

/** What deciding a check asks of the run, and tells it. */
export type Answering = Pick<Answers, 'to' | 'reasonFor' | 'silenceOf' | 'decided' | 'undecided'>;

/**
 * Which failed check answers for what keeps others from being decided. Only a MUST that was asked, is not waived and has
 * failed over that very thing explains anything. What the files alone show is known from the beginning.
 */
export class Answers {
  readonly #contract: Contract;
  readonly #options: AnswersOptions;
  /** What the failures of checks explain, by id; empty for those that did not fail. */
  readonly #explained = new Map<string, readonly Explained[]>();
  /** Causes that no failed check answers for, and the check that said so. */
  readonly #told: { readonly cause: Cause; readonly by: string }[] = [];

  constructor(contract: Contract, options: AnswersOptions) {
    this.#contract = contract;
    this.#options = options;
  }

  /** To be told of each check once it is decided. */
  decided(check: Check, failure: Failure | undefined): void {
    this.#explained.set(check.id, failure ? explainedBy(check, failure) : []);
  }

  /** To be told of what could not be decided for a cause, so that it is told once. */
  undecided(check: Check, cause: Cause): void {
    this.#told.push({ cause, by: check.id });
  }

  /**
   * The check that has failed, or could not be decided, over this cause; undefined when there is none. `asking` is being
   * decided itself, and answers for nothing.
   */
  to(cause: Cause, asking: Check, model: SavedModel | undefined): string | undefined {
    const others = this.#trusted(cause).filter(({ id }) => id !== asking.id);
    const answering = others.find((check) => this.#answers(check, cause, model));
    return answering?.id ?? this.#told.find((one) => explains(one.cause, cause))?.by;
  }

  /** Why nothing could be decided for a cause that no failed check answers for. */
  reasonFor(cause: Cause): string {
    const id =
      cause.by ?? this.#options.checks.find(({ answersFor }) => answersFor?.includes(cause.kind))?.id;
    if (id === undefined) return `${cause.text}.`;
    return `${cause.text}. That is for ${id} to tell, which ${this.#silenceOf(id) ?? 'did not fail over it'}.`;
  }

  /** Why the answer of one check does not count for another; undefined where it does. A SHOULD may be waived. */
  silenceOf(id: string, asking: Check): string | undefined {
    const why = this.#silenceOf(id);
    return why === 'is waived' && levelOf(asking, this.#contract) === 'should' ? undefined : why;
  }

  #silenceOf(id: string): 'was not asked' | 'is waived' | undefined {
    if (!this.#options.asked.some((one) => one.id === id)) return 'was not asked';
    return this.#isWaived(id) ? 'is waived' : undefined;
  }

  /** The checks whose failure would count. */
  #trusted({ kind }: Cause): readonly Check[] {
    return this.#options.asked.filter(
      (check) =>
        check.answersFor?.includes(kind) &&
        levelOf(check, this.#contract) === 'must' &&
        !this.#isWaived(check.id),
    );
  }

  #isWaived(id: string): boolean {
    return waiverInForce(id, this.#contract.waivers, this.#options.today) !== undefined;
  }

  /** Of a model that can't be read, the check that answers for that is sure to say so. */
  #answers(check: Check, cause: Cause, model: SavedModel | undefined): boolean {
    if (!model) return true;
    const explained = this.#explained.get(check.id) ?? this.#foreseen(check, model);
    return explained.some((one) => explains(one, cause)) || this.#willFail(check, cause);
  }

  /** What a check will say that has yet to be decided, as far as the files show it. */
  #foreseen(check: Check, model: SavedModel): readonly Explained[] {
    if (check.applies(this.#contract, model) !== true) return [];
    try {
      const conclusion =
        check.kind === 'reading'
          ? check.read(model, this.#contract)
          : check.fromFiles?.(model, this.#contract, this.#options.seed);
      return conclusion?.status === 'fail' ? explainedBy(check, conclusion) : [];
    } catch (error) {
      if (error instanceof LeftOut || error instanceof UserError) return [];
      throw error;
    }
  }

  /** Whether a property that has yet to be decided will try the very size at which no number of images runs. */
  #willFail(check: Check, { at }: Cause): boolean {
    if (this.#explained.has(check.id) || check.kind !== 'property' || !at) return false;
    return check
      .corners(this.#contract)
      .some(({ height, width }) => height === at.height && width === at.width);
  }
}

function explainedBy({ answersFor = [] }: Check, { explains }: Failure): readonly Explained[] {
  return explains ?? answersFor.map((kind) => ({ kind, of: '' }));
}
