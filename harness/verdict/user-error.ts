/**
 * What the user can act on: what happened, and what fixes it. Whatever else is thrown is a fault of assay's own, and is
 * never told as a fact about a model.
 */
export class UserError extends Error {
  /** A sentence or a command; empty when nothing needs to be done. */
  readonly remedy: string;

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.remedy = remedy;
  }

  /** What happened and what fixes it, in one text. */
  get inFull(): string {
    return this.remedy === '' ? this.message : `${this.message.replace(/\.?$/, '.')} ${this.remedy}`;
  }
}
