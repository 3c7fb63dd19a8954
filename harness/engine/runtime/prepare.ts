import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import lockfile from 'proper-lockfile';
import { unlessSystemError } from '../../verdict/system-error.js';
import { diskError, makeCacheFolder } from './cache.js';
import type { StepContext } from './progress.js';

export type RuntimePreparation<T> = {
  /** The folder to fill. */
  readonly target: string;
  /** The runtime, if another process has prepared it meanwhile. */
  readonly ready: () => Promise<T | undefined>;
  /** Fills a draft folder, which is then moved to the target in one step. */
  readonly fill: (draft: string, work: StepContext) => Promise<void>;
  /** Prepare even if it is ready. */
  readonly force: boolean;
};

/**
 * Fills a folder once, however many processes need it at the same time. The leftovers of a killed process are
 * never used: drafts lie beside the target, under names of their own, and the next holder of the lock removes them.
 */
export async function prepare<T>(preparation: RuntimePreparation<T>, work: StepContext): Promise<T> {
  const { target, ready, force } = preparation;
  await makeCacheFolder(dirname(target));
  const lock = await lockOrReady(preparation, work);
  if ('ready' in lock) return lock.ready;
  try {
    const already = force ? undefined : await ready();
    if (already !== undefined) return already;
    await removeDrafts(target);
    await fillAndMove(preparation, { ...work, signal: lock.signal });
    const made = await ready();
    if (made === undefined) throw new Error(`${target} was prepared, but its content cannot be used`);
    return made;
  } catch (error) {
    throw diskError(target, error) ?? error;
  } finally {
    await removeDrafts(target).catch(unlessSystemError);
    await lock.release();
  }
}

/** Age after which the lock of a process that no longer touches it may be taken. */
const staleMs = 20_000;

type Lock = { readonly release: () => Promise<void>; readonly signal: AbortSignal };

async function lockOrReady<T>(
  { target, ready, force }: RuntimePreparation<T>,
  work: StepContext,
): Promise<Lock | { readonly ready: T }> {
  for (let announced = false; ; announced = true) {
    work.signal?.throwIfAborted();
    const lock = await tryLock(target, work.signal);
    if (lock !== undefined) return lock;
    if (!announced)
      work.onProgress({
        step: 'wait',
        label: 'Waiting for another process that is preparing the same runtime',
      });
    await sleep(pollMs, undefined, work.signal ? { signal: work.signal } : {});
    const already = force ? undefined : await ready();
    if (already !== undefined) return { ready: already };
  }
}

const pollMs = 500;

async function tryLock(target: string, signal?: AbortSignal): Promise<Lock | undefined> {
  const lost = new AbortController();
  try {
    const release = await lockfile.lock(target, {
      realpath: false,
      stale: staleMs,
      update: staleMs / 4,
      onCompromised: (error) => lost.abort(error),
    });
    const signals = signal ? [signal, lost.signal] : [lost.signal];
    return { signal: AbortSignal.any(signals), release: () => release().catch(unlessSystemError) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOCKED') return undefined;
    throw diskError(dirname(target), error) ?? error;
  }
}

async function fillAndMove({ target, fill }: RuntimePreparation<unknown>, work: StepContext): Promise<void> {
  const draft = `${target}.part-${randomBytes(4).toString('hex')}`;
  await mkdir(draft);
  await fill(draft, work);
  work.signal?.throwIfAborted();
  await rename(target, `${target}.part-old`).catch(unlessSystemError);
  await rename(draft, target);
}

async function removeDrafts(target: string): Promise<void> {
  const names = await readdir(dirname(target));
  const drafts = names.filter((name) => name.startsWith(`${basename(target)}.part-`));
  await Promise.all(drafts.map((name) => rm(join(dirname(target), name), { recursive: true, force: true })));
}
