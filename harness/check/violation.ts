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

  constructor(
    finding: Omit<Finding, 'shrunk' | 'replay'>,
    { shows, compared }: { readonly shows?: readonly CauseKind[]; readonly compared?: Compared } = {},
  ) {
    super(`${finding.where}: expected ${finding.expected}, got ${finding.actual}`);
    this.name = 'Violation';
    this.finding = finding;
    this.shows = shows;
    this.compared = compared;
  }
}

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
