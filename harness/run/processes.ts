import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { killFamily } from '../engine/process/family.js';
import { unlessSystemError } from '../verdict/system-error.js';

/** Records each engine process as a file, so that an interrupted run can end them too. */
export function noteProcesses(workFolder: string) {
  const folder = made(processesIn(workFolder));
  const noted = (pid: number) => path.join(folder, String(pid));
  return {
    started: (pid: number) => {
      writeFileSync(noted(pid), '');
      if (haveEnded(workFolder)) killFamily(pid);
    },
    ended: (pid: number) => rmSync(noted(pid), { force: true }),
  };
}

/** Records that a model has its process, or needs none. Call it once for each. */
export function noteBegun(workFolder: string): void {
  writeFileSync(path.join(made(begunIn(workFolder)), randomUUID()), '');
}

/** How many models a run has, and how many processes for all of them. */
export type Share = { readonly models: number; readonly processes: number };

/** Whether a model may have one more process: those that have none yet come first. */
export function isOneLeft(workFolder: string, { models, processes }: Share): boolean {
  const waiting = models - namesIn(begunIn(workFolder)).length;
  return namesIn(processesIn(workFolder)).length + waiting < processes;
}

/** Ends the engine processes that are recorded in a work folder, and each that starts from now on. */
export function endProcesses(workFolder: string): void {
  try {
    writeFileSync(endedIn(workFolder), '');
  } catch (error) {
    // Those that run are ended all the same, as where the disk is full.
    unlessSystemError(error);
  }
  for (const pid of namesIn(processesIn(workFolder)).map(Number)) killFamily(pid);
}

/** The folder that holds a file named for each running engine process. */
function processesIn(workFolder: string): string {
  return path.join(workFolder, 'processes');
}

/** The folder that holds a file for each model that has begun. */
function begunIn(workFolder: string): string {
  return path.join(workFolder, 'begun');
}

/** Whether no process may start any more, as the run was interrupted. */
export function haveEnded(workFolder: string): boolean {
  return existsSync(endedIn(workFolder));
}

/** The file that says so. */
function endedIn(workFolder: string): string {
  return path.join(workFolder, 'ended');
}

function made(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return folder;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    return unlessSystemError(error) ?? [];
  }
}
