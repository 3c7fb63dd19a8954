import { unlessSystemError } from './system-error.js';

/** Whether no process of this machine has this id. */
export function isDead(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    unlessSystemError(error);
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
