import type { ConfinementLevel } from '../harness/engine/process/confinement/measures.js';

/** The options of `assay check`. */
export type CheckFlags = {
  /** Repeats a run: the same seed makes the same images. */
  readonly seed?: number;
  readonly strict?: boolean;
  readonly verbose?: boolean;
  /** A folder or archive to check in the place of the model that the spec names. */
  readonly model?: string;
  /** Patterns of checks to run, and of checks to skip. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** Modules with further checks. */
  readonly checks?: readonly string[];
  /** Also run models that fail a safety check. */
  readonly allowUnsafe?: boolean;
  /** Read nothing outside the repository of a spec; default: in CI. */
  readonly confine?: boolean;
  readonly confinement?: ConfinementLevel;
  /** Upper limits for all specs, in milliseconds and bytes. */
  readonly modelDeadline?: number;
  readonly memory?: number;
  /** A version, or several, comma-separated. */
  readonly tensorflow?: string;
  /** False where results of models that have not changed are not to be looked up. */
  readonly cache?: boolean;
  readonly cacheReadOnly?: boolean;
  readonly cacheDir?: string;
  readonly explainCache?: boolean;
  /** Of models, at once. */
  readonly processes?: number;
  /** Which part of the specs: `2/3`, `auto/3` or `off`; left out, as the engine says that starts the shards, if one does. */
  readonly shard?: string;
  /** A stored run, by whose durations specs are split. */
  readonly durations?: string;
  /** A stored run: only what is newly broken since fails. */
  readonly baseline?: string;
  /** Names of formats, comma-separated. */
  readonly report: string;
  /** Folder for the reports. */
  readonly out: string;
};
