import type { OutputsCompared } from '../verdict/versions.js';
import { type BothOptions, type Callable, calledBoth, reasonOf } from './called-both.js';

/** A model, in the process of one version of TensorFlow. */
export type OnRuntime = Callable & { readonly version: string };

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
  for (const { session } of [old, now]) await session.expectUnchanged().catch(untold);
  return {
    from: old.version,
    to: now.version,
    ...(called ? { function: called.function } : {}),
    differences: (called?.differences ?? []).map((one) => ({ what: one.what, from: one.old, to: one.new })),
    undecided,
  };
}
