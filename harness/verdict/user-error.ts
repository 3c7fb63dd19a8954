/**
 * An error that the user can act on: what happened, and how to fix it. Any other error is a bug in assay, and is
 * never reported as a fact about a model.
 */
export class UserError extends Error {
  /** A sentence or a command; empty when nothing needs to be done. */
  readonly remedy: string;

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.remedy = remedy;
  }

  /** What happened and how to fix it, in one text. */
  get inFull(): string {
    return this.remedy === '' ? this.message : `${this.message.replace(/\.?$/, '.')} ${this.remedy}`;
  }
}
