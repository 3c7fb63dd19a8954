import type { CheckResult } from './run.js';

/** The outcome of running a stored failure again. */
export type Replayed = {
  readonly model: string;
  readonly check: string;
  readonly answer: ReplayOutcome;
  /** Differences from the run in which it was found, a sentence each. */
  readonly remarks: readonly string[];
};

export type ReplayOutcome =
  | { readonly kind: 'still-failing' | 'fixed'; readonly result: CheckResult }
  | { readonly kind: 'could-not-run'; readonly reason: string };

/** 1 when something still fails, else 2 when something could not be run, or nothing was, else 0. */
export function exitCodeOfReplay(replayed: readonly Replayed[]): 0 | 1 | 2 {
  const kinds = replayed.map(({ answer }) => answer.kind);
  if (kinds.includes('still-failing')) return 1;
  return kinds.length === 0 || kinds.includes('could-not-run') ? 2 : 0;
}
