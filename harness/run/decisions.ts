import type { Cause } from '../check/cause.js';
import type { Check } from '../check/check.js';
import type { ComparedOutputs } from '../check/violation.js';
import type { Contract } from '../contract/contract.js';
import type { OpenSubject } from '../engine/open-subject.js';
import type { SavedModel } from '../savedmodel/saved-model.js';
import type { CheckResult } from '../verdict/run.js';
import { Answers } from './answers.js';
import { blocked } from './blocked.js';
import { causeOf } from './cause-of.js';
import { decide } from './decide.js';
import { foreseenCalls } from './foreseen.js';
import { type MeasuredEarly, measuredEarly } from './measured-early.js';
import type { Loaded, ModelSession } from './model-session.js';
import { ModelTime } from './model-time.js';

export type DecisionsOptions = {
  readonly seed: number;
  /** Also run models that fail a safety check. */
  readonly allowUnsafe: boolean;
  /** YYYY-MM-DD, for waivers that expire. */
  readonly today: string;
  /** All there are: those that gate the run are asked, chosen or not. */
  readonly checks: readonly Check[];
  /** Those of this run, in order. */
  readonly asked: readonly Check[];
  /** Given the outputs whose rows a failed check compared. */
  readonly onOutputs?: (id: string, outputs: ComparedOutputs) => void;
};

/** What is needed of a model's session. */
type Session = Pick<ModelSession, 'load' | 'subject' | 'expectUnchanged'>;

/** The decisions on one model, one check after the other: what failed before may answer for what comes later. */
export class Decisions {
  readonly #contract: Contract;
  readonly #session: Session;
  readonly #options: DecisionsOptions;
  readonly #answers: Answers;
  readonly #time: ModelTime;
  #gate: Promise<Cause | undefined> | undefined;
  #early: ((place: number) => Promise<MeasuredEarly | undefined>) | undefined;

  constructor(contract: Contract, session: Session, options: DecisionsOptions) {
    this.#contract = contract;
    this.#session = session;
    this.#options = options;
    this.#answers = new Answers(contract, options);
    this.#time = new ModelTime(contract.limits);
  }

  /** Decides one check of the model, which is read at the first need of it. Never throws. */
  async decide(check: Check): Promise<CheckResult> {
    try {
      const result = await this.#decided(check, await this.#session.load());
      await this.#session.expectUnchanged();
      return result;
    } catch (error) {
      return blocked(check, this.#contract, error, this.#answers);
    }
  }

  async #decided(check: Check, loaded: Loaded): Promise<CheckResult> {
    const { seed, onOutputs } = this.#options;
    return decide(check, {
      contract: this.#contract,
      model: loaded.model,
      subject: () => this.#subject(),
      seed,
      time: this.#time,
      unsafe: await this.#gateOn(loaded.model),
      answers: this.#answers,
      early: async () => this.#early?.(this.#options.asked.indexOf(check)),
      onOutputs: (outputs) => onOutputs?.(check.id, outputs),
    });
  }

  /** The running model, which is told once what the checks will call. */
  async #subject(): Promise<OpenSubject> {
    const subject = await this.#session.subject();
    const { asked, seed } = this.#options;
    if (this.#early) return subject;
    this.#early = subject.early(
      asked.map((check) => (lane) => measuredEarly(check, lane, this.#contract, seed)),
    );
    subject.foresee(asked.map((check) => foreseenCalls(check, subject, this.#contract, seed)));
    return subject;
  }

  /** Why the model may not be run, by the checks that gate its run; all are asked, chosen or not. */
  async #gateOn(model: SavedModel): Promise<Cause | undefined> {
    const { allowUnsafe, checks } = this.#options;
    if (allowUnsafe) return undefined;
    this.#gate ??= gateOf(
      checks.filter(({ gatesRun }) => gatesRun),
      model,
      this.#contract,
    );
    return this.#gate;
  }
}

/** The first reason why a model is not known to be safe. */
async function gateOf(
  gates: readonly Check[],
  model: SavedModel,
  contract: Contract,
): Promise<Cause | undefined> {
  for (const check of gates) {
    const fails: Cause = {
      kind: 'unsafe',
      of: '',
      by: check.id,
      text: `The model fails ${check.id} and is not run without --allow-unsafe`,
    };
    try {
      if (check.kind === 'reading' && check.read(model, contract).status === 'fail') return fails;
    } catch (error) {
      return (await causeOf(error, undefined, contract)) ?? fails;
    }
  }
  return undefined;
}
