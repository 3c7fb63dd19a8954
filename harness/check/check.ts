import type { Contract } from '../contract/contract.js';
import type { Call, Subject } from '../engine/subject.js';
import type { BatchSpace } from '../images/space.js';
import type { SavedModel } from '../savedmodel/saved-model.js';
import type { Batch } from '../verdict/batch.js';
import type { Comparisons, Evidence, Finding, Level } from '../verdict/run.js';
import type { Cause, CauseKind, Explained } from './cause.js';
import type { Compared } from './tolerance.js';
import type { ComparedOutputs } from './violation.js';

/** One rule of the contract: data first, then one function that decides it. */
export type Check = Rule & (Reading | Property | Measurement);

type Rule = {
  /** `suite/name`; never changes once released. */
  readonly id: string;
  readonly level: Level | ((contract: Contract) => Level);
  /** The rule as one sentence with MUST or SHOULD; reports print it as it is. */
  readonly demands: string;
  readonly explain: Explanation;
  /**
   * Keys of the spec that make the promise, as `fine_tuning.training_argument`; the first that is there counts. Left
   * out: `api`.
   */
  readonly promisedBy?: readonly string[];
  /** True for a check of safety: a model that fails it is not run, whether the check was chosen or not. Decided by reading. */
  readonly gatesRun?: true;
  /** Causes that this check reports, so that others need not. */
  readonly answersFor?: readonly CauseKind[];
  /**
   * For checks that compare outputs within the `tolerance` of the spec: whether `holds` gives every comparison, so that a
   * stored run can be judged again by another tolerance.
   */
  readonly comparisons?: Comparisons;
  /** True, or why the check does not apply to this contract and model, or a cause that another check reports. */
  readonly applies: (contract: Contract, model: SavedModel) => true | string | Cause;
  /** For checks that make calls: a failure that the files alone show. It is known before any check makes a call. */
  readonly fromFiles?: (model: SavedModel, contract: Contract, seed: number) => Failure | undefined;
};

/** A rule explained to people, in a few sentences each; `assay explain` and docs/checks.md print them. */
export type Explanation = {
  /** Why the rule matters to users of the model. */
  readonly matters: string;
  /** What is run or read, and the condition for a pass. */
  readonly decided: string;
  /** How many calls it makes, and why not fewer; left out where nothing is called. */
  readonly calls?: string;
  /** What to change in the model or its export. */
  readonly fix: string;
};

/** Decided from the model's files; TensorFlow is not needed. */
export type Reading = {
  readonly kind: 'reading';
  readonly read: (model: SavedModel, contract: Contract) => Conclusion;
};

/** Must hold for every batch that the contract allows: corners first, then random ones; a failing one is shrunk. */
export type Property = {
  readonly kind: 'property';
  readonly corners: (contract: Contract) => readonly Batch[];
  readonly space: (contract: Contract) => BatchSpace;
  /** The calls that a case will make; default: one with the batch alone. Knowing them in advance makes the run faster. */
  readonly calls?: (batch: Batch) => readonly Call[];
  /** Cases that are enough for this model, corners included; default: all of them. */
  readonly enough?: (subject: Subject, contract: Contract) => number | undefined;
  /**
   * Throws a Violation when the batch shows that the promise is broken, and LeftOut when it can't show anything; gives how
   * closely values were compared, where they were. A call that fails breaks the promise, unless another check has failed
   * over that very call.
   */
  readonly holds: (subject: Subject, batch: Batch, contract: Contract) => Promise<Compared | undefined>;
  /** What held, for the summary: "all [batch, 1001]". */
  readonly held: (contract: Contract) => string;
};

/** Decided by calls that the check chooses itself. */
export type Measurement = {
  readonly kind: 'measurement';
  /**
   * True where the conclusion depends on nothing but the arguments of `measure`: it may be measured in advance, in another process
   * of the model, and once more if it does not pass there.
   */
  readonly repeatable?: true;
  /** Calls that it will make whatever they give. Knowing them in advance makes the run faster. */
  readonly foreseen?: (model: SavedModel, contract: Contract) => readonly Call[];
  readonly measure: (
    subject: Subject,
    contract: Contract,
    seed: number,
    excuses: Excuses,
  ) => Promise<Conclusion>;
};

/** Lets a measurement leave out a single call that gave nothing and go on with the others. */
export type Excuses = {
  /** The check that has failed over what this error of a call tells; undefined when none has. */
  readonly answering: (error: unknown) => Promise<string | undefined>;
};

/** For a measurement that stands alone. */
export const noExcuses: Excuses = { answering: async () => undefined };

/** What one check concluded. */
export type Conclusion =
  | {
      readonly status: 'pass';
      readonly summary: string;
      readonly cases?: number;
      readonly warnings?: readonly string[];
      readonly evidence?: Evidence;
    }
  | Failure
  /** Inconclusive: the check could not decide. */
  | {
      readonly status: 'error';
      readonly reason: string;
      readonly cases?: number;
      readonly evidence?: Evidence;
    }
  | {
      readonly status: 'skip';
      readonly reason: string;
      /** The check that has failed over what keeps this one from being decided; left out where it does not apply. */
      readonly answeredBy?: string;
      /** A check with another method, whose answer stands for this one, too. */
      readonly decidedBy?: string;
    };

export type Failure = {
  readonly status: 'fail';
  readonly finding: Finding;
  readonly cases?: number;
  readonly warnings?: readonly string[];
  readonly evidence?: Evidence;
  /** What other checks need not tell again; left out, all that the check answers for. */
  readonly explains?: readonly Explained[];
  /** The outputs whose rows were compared, where they were; reports keep them as files. */
  readonly outputs?: ComparedOutputs;
};

/** Applies to every model. */
export const always = (): true => true;

/** The level of a check for one contract. Whatever is no SHOULD is a MUST: checks that others wrote may be untyped. */
export function levelOf(check: Check, contract: Contract): Level {
  const level = typeof check.level === 'function' ? check.level(contract) : check.level;
  return level === 'should' ? 'should' : 'must';
}
