import type { Finding } from '../verdict/run.js';

/** A broken promise, thrown by a property; whoever runs the property adds the batch that shows it. */
export class Violation extends Error {
  readonly finding: Omit<Finding, 'shrunk' | 'replay'>;

  constructor(finding: Omit<Finding, 'shrunk' | 'replay'>) {
    super(`${finding.where}: expected ${finding.expected}, got ${finding.actual}`);
    this.name = 'Violation';
    this.finding = finding;
  }
}

/** The batch shows nothing about this promise, for a reason that another check covers. */
export class LeftOut extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'LeftOut';
  }
}
