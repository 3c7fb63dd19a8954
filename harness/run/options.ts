import type { Share } from './processes.js';

/** How specs are run. JSON only, as it is passed to the test modules as text. */
export type RunOptions = {
  readonly seed: number;
  /** A failed SHOULD fails the run. */
  readonly strict: boolean;
  /** Also run models that fail a safety check. */
  readonly allowUnsafe: boolean;
  /** YYYY-MM-DD, for waivers that expire. */
  readonly today: string;
  /** Ids of the checks to run; default: all. */
  readonly chosen?: readonly string[];
  /** TensorFlow's native addon; default: prepared at first use. */
  readonly addon?: string;
  /** Where lowered models are written and running processes are recorded. */
  readonly workFolder: string;
  /** In plain vitest: options with which `assay check` makes the same cases. Left out where our own reporter shows them. */
  readonly replayOptions?: readonly string[];
  /** How many models the run has, and how many processes for all of them; default: one process for each model. */
  readonly share?: Share;
};
