/** A fault of a spec, with its place in the file. */
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
  /** How to fix it, or "did you mean …?". */
  readonly hint?: string;
};

/** Problems in a sentence each, with their place; `file`: how it is called. */
export function problemsInWords(problems: readonly Problem[], file: string): string[] {
  return problems.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`);
}
