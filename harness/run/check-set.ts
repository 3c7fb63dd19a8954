import type { Check } from '../check/check.js';

/** Checks, and the files that export them as `checks`, in the same order: what workers import them from. */
export type CheckSet = { readonly checks: readonly Check[]; readonly modules: readonly string[] };
