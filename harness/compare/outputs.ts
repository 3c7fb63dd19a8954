import type { OutputsCompared } from '../verdict/versions.js';
import { type BothOptions, type Callable, calledBoth, reasonOf } from './called-both.js';
import { changedFiles } from './changed-files.js';

/** A model, in the process of one version of TensorFlow. */
export type OnRuntime = Callable & {
  readonly version: string;
  /** Of the files that were checked on it. */
  readonly digest: string;
};

/** Compares the outputs of one model on two versions of TensorFlow, for the same calls. What could not be found out is told. */
export async function compareOutputs(
  old: OnRuntime,
  now: OnRuntime,
  options: BothOptions,
): Promise<OutputsCompared> {
  const undecided: string[] = [];
  const untold = (error: unknown) => {
    undecided.push(reasonOf(error, options.signal));
    return undefined;
  };
  const called = await calledBoth(old, now, options).catch(untold);
  const changed = await changedFiles([old, now], options.signal);
  if (changed.length > 0) return { from: old.version, to: now.version, differences: [], undecided: changed };
  return {
    from: old.version,
    to: now.version,
    ...(called ? { function: called.function } : {}),
    differences: (called?.differences ?? []).map((one) => ({ what: one.what, from: one.old, to: one.new })),
    undecided,
  };
}
