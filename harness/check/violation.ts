import type { Tensor } from '../engine/subject.js';
import type { Finding } from '../verdict/run.js';
import type { Cause, CauseKind } from './cause.js';
import type { Compared } from './tolerance.js';

/** A broken promise, thrown by a property; whoever runs the property adds the batch that shows it. */
export class Violation extends Error {
  readonly finding: Omit<Finding, 'shrunk' | 'replay'>;
  /** Of what the check answers for, what this shows; left out, all of it. */
  readonly shows: readonly CauseKind[] | undefined;
  /** How closely values were compared, where values were. */
  readonly compared: Compared | undefined;
  /** The outputs whose rows were compared, where they were. */
  readonly outputs: ComparedOutputs | undefined;

  constructor(
    finding: Omit<Finding, 'shrunk' | 'replay'>,
    { shows, compared, outputs }: ViolationDetails = {},
  ) {
    super(`${finding.where}: expected ${finding.expected}, got ${finding.actual}`);
    this.name = 'Violation';
    this.finding = finding;
    this.shows = shows;
    this.compared = compared;
    this.outputs = outputs;
  }
}

export type ViolationDetails = {
  readonly shows?: readonly CauseKind[];
  readonly compared?: Compared;
  readonly outputs?: ComparedOutputs;
};

/** Two outputs with rows that ought to be equal: of `compared` in the finding, or else each with the same of the other. */
export type ComparedOutputs = readonly [one: Tensor, other: Tensor];

/**
 * The case, or the whole check, can show nothing about the promise, for a cause that another check answers for. Where
 * that check has not failed over it, the case is a violation if it is one in itself, and else could not be decided.
 */
export class LeftOut extends Error {
  readonly why: Cause;
  readonly otherwise: Violation | undefined;

  constructor(why: Cause, otherwise?: Violation) {
    super(`${why.text}.`);
    this.name = 'LeftOut';
    this.why = why;
    this.otherwise = otherwise;
  }
}
