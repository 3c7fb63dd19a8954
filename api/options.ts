/** What is asked for, as a user names it. */
export type Request = {
  /** Files, folders and patterns. */
  readonly specs: readonly string[];
  /** Modules of checks beside those of this package. */
  readonly checks?: readonly string[];
  /** Patterns of checks to run, and of checks to leave out. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
};

export type RunSettings = {
  /** The same seed makes the same images; left out, a new one is drawn. */
  readonly seed?: number;
  /** A failed SHOULD fails the run. Default: false. */
  readonly strict?: boolean;
  /** Also run models that fail a safety check. Default: false. */
  readonly allowUnsafe?: boolean;
};
