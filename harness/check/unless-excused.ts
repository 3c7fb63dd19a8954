import type { Excuses } from './check.js';

/** A part of a measurement, and its result. */
export type Part<T, R> = { readonly item: T; readonly result: R };

/**
 * Runs the parts of a measurement one by one. A part is left out where another check has failed over a call of it.
 * @throws what a part throws that is not left out; the first of all, where every part is
 */
export async function* unlessExcused<T, R>(
  items: readonly T[],
  { answering }: Excuses,
  run: (item: T) => Promise<R>,
): AsyncGenerator<Part<T, R>, void> {
  const excused: unknown[] = [];
  for (const item of items) {
    try {
      yield { item, result: await run(item) };
    } catch (error) {
      if ((await answering(error)) === undefined) throw error;
      excused.push(error);
    }
  }
  if (items.length > 0 && excused.length === items.length) throw excused[0];
}
