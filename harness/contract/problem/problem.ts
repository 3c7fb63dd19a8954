/** Something wrong in a spec, placed where a person can find it. */
export type Problem = {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** The line itself, for the caret. */
  readonly text: string;
  /** What is wrong. */
  readonly message: string;
  /** What would be right, or "did you mean …?". */
  readonly hint?: string;
};
