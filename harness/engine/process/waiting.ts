import { readFileSync } from 'node:fs';
import { existing } from '../../verdict/system-error.js';
import { familyOf, threadsOf } from './family.js';

/** How long each thread has waited for a core since it began, in milliseconds. */
export type Waited = ReadonlyMap<string, number>;

/** Of the threads of a process and of those that it started. Linux tells; elsewhere there are none. */
export function waitedBy(pid: number | undefined): Waited {
  const threads = pid === undefined ? [] : familyOf(pid).flatMap(threadsOf);
  return new Map(threads.map((thread) => [thread, waitMsOf(thread)]));
}

/** Of the thread that waited longest in between, in milliseconds: the call took at least that much longer for it. */
export function longestWaitMs(before: Waited, after: Waited): number {
  const waits = [...after].map(([thread, waitMs]) => waitMs - (before.get(thread) ?? 0));
  return Math.max(0, ...waits);
}

/** The second number of `schedstat`, which is in nanoseconds: https://docs.kernel.org/scheduler/sched-stats.html */
function waitMsOf(thread: string): number {
  const said = existing(() => readFileSync(`${thread}/schedstat`, 'utf8')) ?? '';
  return Number(said.split(' ')[1] ?? 0) / 1e6;
}
