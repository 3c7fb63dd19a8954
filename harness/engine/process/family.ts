import { readFileSync } from 'node:fs';
import { unlessSystemError } from '../../verdict/system-error.js';

/** A process and those that it started, each before its own children. Linux tells of them; elsewhere there is only the one. */
export function familyOf(pid: number): readonly number[] {
  return [pid, ...childrenOf(pid).flatMap(familyOf)];
}

/**
 * Kills what a process started; it ends with them, as bubblewrap does, and its end then says that all are gone.
 * One that started nothing is killed itself.
 */
export function killFamily(pid: number): void {
  const [, ...others] = familyOf(pid);
  for (const one of others.length > 0 ? others.reverse() : [pid]) kill(one);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It may have ended by itself in the meantime.
    unlessSystemError(error);
  }
}

function childrenOf(pid: number): readonly number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch (error) {
    return unlessSystemError(error) ?? [];
  }
}
