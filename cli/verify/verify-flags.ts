import type { ConfinementLevel } from '../../harness/engine/process/confinement/measures.js';

export type VerifyFlags = {
  readonly spec?: string;
  /** Compare digests, and run nothing. */
  readonly digestsOnly?: boolean;
  readonly verbose?: boolean;
  readonly seed?: number;
  /** Patterns of checks to rerun; default: all. */
  readonly only?: readonly string[];
  /** Modules with further checks. */
  readonly checks?: readonly string[];
  readonly tensorflow?: string;
  readonly allowUnsafe?: boolean;
  readonly confinement?: ConfinementLevel;
};
