import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { guardMemory } from '../harness/engine/process/resident-memory.js';
import type { Answer, Start, Work } from './messages.js';
import { deadlineMs, memoryBytes, type Observed } from './outcome.js';
import type { Sandbox } from './sandbox.js';

const workerFile = fileURLToPath(new URL('./worker.js', import.meta.url));

/** A process that reads inputs, as seen from outside: replaced when it is lost. */
export class WorkerHost {
  readonly #sandbox: Sandbox;
  readonly #start: Start;
  readonly #file: string;
  #child: ChildProcess | undefined;

  constructor(sandbox: Sandbox, name: string, addon: string | undefined, file = workerFile) {
    this.#file = file;
    this.#sandbox = sandbox;
    const folder = path.join(sandbox.temporary, name, 'own');
    mkdirSync(folder, { recursive: true });
    this.#start = { folder, canary: sandbox.canary, ...(addon === undefined ? {} : { addon }) };
  }

  /** Does the work, or says how the process was lost over it. */
  async ask(work: Work): Promise<Answer> {
    const child = await this.#started();
    return new Promise((resolve) => {
      let why: Observed | undefined;
      const stop = (reason: Observed) => {
        why = reason;
        child.kill('SIGKILL');
      };
      const inputs = 'count' in work ? work.count : 1;
      const limit = deadlineMs + 500 * inputs;
      const timer = setTimeout(
        () => stop({ outcome: 'hang', detail: `no answer within ${limit / 1000} s` }),
        limit,
      );
      const endGuard = guardMemory(child.pid, 2 * memoryBytes, ({ message }) =>
        stop({ outcome: 'memory', detail: message }),
      );
      const settle = (answer: Answer) => {
        clearTimeout(timer);
        endGuard();
        child.removeAllListeners();
        resolve(answer);
      };
      child.once('message', (answer: Answer) => settle(answer));
      child.once('exit', (code, signal) => {
        this.#child = undefined;
        settle({ observed: why ?? { outcome: 'crash', detail: `the process ended with ${signal ?? code}` } });
      });
      child.send(work, () => undefined);
    });
  }

  /** Ends the process; the next work starts another. */
  async end(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined) return;
    child.removeAllListeners();
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  async #started(): Promise<ChildProcess> {
    if (this.#child !== undefined) return this.#child;
    rmSync(this.#start.folder, { recursive: true, force: true });
    mkdirSync(this.#start.folder, { recursive: true });
    const { environment, cwd } = this.#sandbox;
    const env = { ...environment, ASSAY_CACHE: path.join(this.#start.folder, 'assay') };
    const child = fork(this.#file, [JSON.stringify(this.#start)], {
      env,
      cwd,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child = child;
    await new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', () => reject(new Error('A worker does not start.')));
    });
    child.removeAllListeners('exit');
    return child;
  }
}
