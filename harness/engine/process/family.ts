import { readdirSync, readFileSync } from 'node:fs';
import { moduleFile } from '../../verdict/package-files.js';
import { existing, unlessSystemError } from '../../verdict/system-error.js';

/** A process and those that it started, each before its own children. Linux tells of them; elsewhere there is only the one. */
export function familyOf(pid: number): readonly number[] {
  return [pid, ...childrenOf(pid).flatMap(familyOf)];
}

/**
 * Kills what a process started; it ends with them, as bubblewrap does, and its end then says that all are gone.
 * One that started nothing is killed itself.
 */
export function killFamily(pid: number): void {
  // Held still, it starts no other meanwhile: one that bubblewrap has just started would outlive it, and wait for ever.
  hold(pid);
  const [, ...others] = familyOf(pid);
  for (const one of others.reverse()) send('SIGKILL', one);
  send(others.length > 0 ? 'SIGCONT' : 'SIGKILL', pid);
}

/** Returns once the process stands still: between the signal and that, it may still start another. */
function hold(pid: number): void {
  send('SIGSTOP', pid);
  const giveUp = performance.now() + longestHoldMs;
  while (moves(pid) && performance.now() < giveUp);
}

/** One that waits for the kernel is not stopped before that answers, and starts nothing until then. */
const longestHoldMs = 100;

function moves(pid: number): boolean {
  const [, state] = /\) (\S)/.exec(existing(() => readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? '') ?? [];
  return state !== undefined && !'TtZXx'.includes(state);
}

/** Kills the processes of models in a folder, if the system shows any: bubblewrap's outlive a run that was killed while they started. */
export function killOrphans(folder: string): void {
  for (const pid of entriesOf('/proc').filter((name) => /^\d+$/.test(name)))
    if ([folder, childFile].every((named) => commandLine(pid).includes(named))) killFamily(Number(pid));
}

/** What runs a model. */
export const childFile = moduleFile('harness/engine/process/child.js');

function commandLine(pid: string): string {
  return existing(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ?? '';
}

function entriesOf(folder: string): readonly string[] {
  return existing(() => readdirSync(folder)) ?? [];
}

function send(signal: NodeJS.Signals, pid: number): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It may have ended by itself in the meantime.
    unlessSystemError(error);
  }
}

/** The folder of each thread of a process in `/proc`. */
export function threadsOf(pid: number): readonly string[] {
  return entriesOf(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}`);
}

/** Of all its threads: each has its own list. */
function childrenOf(pid: number): readonly number[] {
  const lists = threadsOf(pid).map(
    (thread) => existing(() => readFileSync(`${thread}/children`, 'utf8')) ?? '',
  );
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}
