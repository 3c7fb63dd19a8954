import type { Call, Subject } from './subject.js';

/** A subject that runs in a process of its own. */
export type OpenSubject = Subject & {
  readonly pid: number | undefined;
  /** When a check must have its answer, by `performance.now()`. */
  deadline: number;
  /** Has others begin work in advance, from its end. Gives what came of a piece, by its place; undefined where it has to be done. */
  early<T>(works: readonly EarlyWork<T>[]): (at: number) => Promise<T | undefined>;
  /** The calls of checks to come, check by check. */
  foresee(checks: readonly (readonly Call[])[]): void;
  close(): Promise<void>;
};

/** Work that gives the same in any process of the model. */
export type EarlyWork<T> = (subject: OpenSubject) => Promise<T>;
