import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { killFamily } from '../engine/process/family.js';
import { unlessSystemError } from '../verdict/system-error.js';

/** Records each engine process as a file, so that an interrupted run can end them too. */
export function noteProcesses(workFolder: string) {
  const noted = (pid: number) => path.join(processesIn(workFolder), String(pid));
  mkdirSync(processesIn(workFolder), { recursive: true });
  return {
    started: (pid: number) => writeFileSync(noted(pid), ''),
    ended: (pid: number) => rmSync(noted(pid), { force: true }),
  };
}

/** The folder that holds a file named for each running engine process. */
function processesIn(workFolder: string): string {
  return path.join(workFolder, 'processes');
}

/** Ends the engine processes that are recorded in a work folder. */
export function endProcesses(workFolder: string): void {
  for (const pid of runningIn(workFolder)) killFamily(pid);
}

function runningIn(workFolder: string): number[] {
  try {
    return readdirSync(processesIn(workFolder)).map(Number);
  } catch (error) {
    return unlessSystemError(error) ?? [];
  }
}
