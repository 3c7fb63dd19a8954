import type { ModelRun, Run } from '../../harness/verdict/run.js';

/** What a statement is made from. */
export type Attested = {
  readonly run: Run;
  /** The run's, and its SHA-256. */
  readonly file: string;
  readonly sha256: string;
  readonly model: ModelRun;
  /** Ids of all checks of this version. */
  readonly checks: readonly string[];
};
