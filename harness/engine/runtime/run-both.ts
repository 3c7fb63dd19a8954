import type { StepContext } from './progress.js';

/**
 * Runs two tasks at once. When one fails, the other is aborted and awaited, so that nothing is still
 * writing when the error arrives.
 */
export async function runBoth<A, B>(
  work: StepContext,
  first: (work: StepContext) => Promise<A>,
  second: (work: StepContext) => Promise<B>,
): Promise<[A, B]> {
  const failed = new AbortController();
  const signal = work.signal ? AbortSignal.any([work.signal, failed.signal]) : failed.signal;
  let reason: unknown;
  const guarded = async <T>(task: (work: StepContext) => Promise<T>) => {
    try {
      return await task({ ...work, signal });
    } catch (error) {
      reason ??= error;
      failed.abort(error);
      throw error;
    }
  };
  const [a, b] = await Promise.allSettled([guarded(first), guarded(second)]);
  if (a.status === 'rejected' || b.status === 'rejected') throw reason;
  return [a.value, b.value];
}
