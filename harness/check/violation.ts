import type { Finding } from '../verdict/run.js';

/** A broken promise, thrown by a property; the batch that shows it is added by whoever ran it. */
export class Violation extends Error {
  readonly finding: Omit<Finding, 'shrunk' | 'replay'>;

  constructor(finding: Omit<Finding, 'shrunk' | 'replay'>) {
    super(`${finding.where}: expected ${finding.expected}, got ${finding.actual}`);
    this.name = 'Violation';
    this.finding = finding;
  }
}

/** The batch cannot show anything about this promise, for a reason that another check answers for. */
export class LeftOut extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'LeftOut';
  }
}
