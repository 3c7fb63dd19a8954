import type { ModelLocation } from '../harness/contract/contract.js';
import type { ConfinementLevel } from '../harness/engine/process/confinement/measures.js';

/** A request for a run, in the user's terms. */
export type RunRequest = {
  /** Files, folders and patterns. */
  readonly specs: readonly string[];
  /** A folder or archive to check in the place of the model that the spec names; there must be one spec. */
  readonly model?: string | ModelLocation;
  /** Modules with further checks. */
  readonly checks?: readonly string[];
  /** Patterns of checks to run, and of checks to skip. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** Refuse files that lie outside the repository of the spec that names them. Default: in CI, as the variable CI says. */
  readonly confine?: boolean;
  /** In milliseconds: no model takes longer, whatever its spec says. */
  readonly modelDeadline?: number;
  /** In bytes: the process of no model takes more, whatever its spec says. */
  readonly memory?: number;
};

export type RunSettings = {
  /** The same seed makes the same images. Default: a new one. */
  readonly seed?: number;
  /** A failed SHOULD fails the run. Default: false. */
  readonly strict?: boolean;
  /** Also run models that fail a safety check. Default: false. */
  readonly allowUnsafe?: boolean;
  /** `required`: do not run where a measure against models is not in force. Default: `available`. */
  readonly confinement?: ConfinementLevel;
  /** Processes of models at once, for all models together. Default: one per core. */
  readonly processes?: number;
};
