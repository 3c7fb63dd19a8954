import type { Format, Input } from './kind.js';
import type { Counts, Mishap, Observed } from './outcome.js';

/** What a worker receives at its start. */
export type Start = {
  /** Its own, to write into. */
  readonly folder: string;
  readonly canary: string;
  readonly addon?: string;
};

/** Inputs of a kind, which the worker makes itself, or one that is given. */
export type Work =
  | { readonly kind: string; readonly seed: number; readonly from: number; readonly count: number }
  | { readonly format: Format; readonly input: Input };

/** Of a range: what became of its inputs, up to one after which the worker must be replaced. */
export type Answer =
  | { readonly counts: Counts; readonly mishaps: readonly Mishap[]; readonly done: number }
  | { readonly observed: Observed };
