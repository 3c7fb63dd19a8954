import type { ModelRun } from '../harness/verdict/run.js';

/** The result of one seed: a result for each spec that was run, or why there are none. */
export type SeedRun =
  | { readonly seed: number; readonly results: ReadonlyMap<string, ModelRun> }
  | { readonly seed: number; readonly died: string };
