import type { Check } from '../check/check.js';

/** A file that exports `checks`, and these. Workers import it again, as functions cannot be passed to them. */
export type CheckModule = {
  /** Absolute. */
  readonly file: string;
  /** How reports name it; left out for the checks of this package. */
  readonly name?: string;
  readonly checks: readonly Check[];
};

/** All checks, module by module. */
export function checksIn(modules: readonly CheckModule[]): readonly Check[] {
  return modules.flatMap(({ checks }) => checks);
}
