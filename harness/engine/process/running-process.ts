import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { confined } from './confinement/confined.js';
import { endOf } from './end-of-process.js';
import { EngineError, unusable } from './failures.js';
import { childFile, killFamily } from './family.js';
import type { Begin, Reply, SessionWork, Start } from './messages.js';
import { guardMemory } from './resident-memory.js';
import { soundReply } from './sound-reply.js';

export type ProcessOptions = {
  readonly start: Start;
  /** Files and folders that it reads beside the lowered model and the addon; those it reads later must exist already. */
  readonly reads: readonly string[];
  readonly memoryBytes: number;
  /** Fulfilled once the lowered model is written, where the process may start before; left out: it is written. */
  readonly written?: Promise<void>;
  /** Notified of each process started and ended, so that an interrupted run can end them all. */
  readonly watch?: { started(pid: number): void; ended(pid: number): void };
};

type Answer = Extract<Reply, { id: number }>;

/** Who waits for a message of the process. */
type Waiting = {
  readonly fits: (reply: Reply) => boolean;
  readonly hear: (reply: Reply) => void;
  readonly lose: (error: EngineError) => void;
};

/** One process, from its start to its end. */
export class RunningProcess {
  readonly child: ChildProcess;
  readonly ready: Promise<void>;
  alive = true;
  /** The most memory it was seen to use. */
  peakBytes = 0;
  readonly #ended: Promise<void>;
  readonly #waiting = new Set<Waiting>();
  /** Why it has ended. */
  #lost: EngineError | undefined;
  #reason: EngineError | undefined;
  #stderr = '';

  constructor({ start, reads, memoryBytes, written, watch }: ProcessOptions) {
    const waiting: Start = written ? { ...start, waits: true } : start;
    const args = ['--enable-source-maps', childFile, JSON.stringify(waiting)];
    const { command, ...how } = confined(args, path.join(start.folder, 'process'), [
      start.folder,
      path.dirname(start.addon),
      start.addon,
      ...reads,
    ]);
    this.child = spawn(command, how.args, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: how.env,
      cwd: how.cwd,
    });
    const { pid } = this.child;
    written?.then(() => this.child.send({ begin: true } satisfies Begin, () => undefined));
    if (pid !== undefined) watch?.started(pid);
    this.child.stderr?.on('data', (chunk) => {
      this.#stderr = (this.#stderr + chunk).slice(-4000);
    });
    const seen = (bytes: number) => {
      this.peakBytes = Math.max(this.peakBytes, bytes);
    };
    const stopGuard = guardMemory(pid, memoryBytes, (error) => this.kill(error), seen);
    this.child.on('message', (said) => this.#hear(said));
    this.#ended = new Promise((resolve) => {
      const onEnd = (code: number | null, signal: string | null) => {
        this.alive = false;
        stopGuard();
        if (pid !== undefined) watch?.ended(pid);
        this.#lose(this.#reason ?? endOf(code, signal, this.#stderr));
        resolve();
      };
      this.child.once('exit', onEnd);
      this.child.once('error', (error) => {
        this.#lose(new EngineError('crash', `The model's process cannot be started: ${error.message}.`));
        onEnd(null, null);
      });
    });
    this.ready = this.#when((reply) => !('id' in reply)).then((reply) => {
      if ('id' in reply || reply.kind === 'ready') return;
      this.#stop();
      throw unusable(reply);
    });
    this.ready.catch(toldElsewhere);
  }

  async ask(id: number, work: SessionWork): Promise<Answer> {
    const answer = this.#when((reply) => 'id' in reply && reply.id === id);
    this.child.send({ id, work }, () => undefined);
    return (await answer) as Answer;
  }

  kill(reason: EngineError): void {
    this.#reason ??= reason;
    this.alive = false;
    this.#stop();
  }

  #stop(): void {
    if (this.child.pid !== undefined) killFamily(this.child.pid);
    const late = setTimeout(() => this.child.kill('SIGKILL'), 1000);
    this.#ended.finally(() => clearTimeout(late));
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.kill(new EngineError('crash', 'The process was closed.'));
    await this.#ended;
  }

  /** The first message that matches; fails when the process is lost before, or says what is no answer. */
  #when(fits: (reply: Reply) => boolean): Promise<Reply> {
    return new Promise((hear, lose) => {
      if (this.#lost) lose(this.#lost);
      else this.#waiting.add({ fits, hear, lose });
    });
  }

  #hear(said: unknown): void {
    const reply = soundReply(said);
    if (reply === undefined) {
      this.kill(new EngineError('crash', 'What the process of the model says is no answer.'));
      return;
    }
    for (const one of [...this.#waiting].filter(({ fits }) => fits(reply))) {
      this.#waiting.delete(one);
      one.hear(reply);
    }
  }

  /** The first reason counts. */
  #lose(error: EngineError): void {
    this.#lost ??= error;
    for (const { lose } of this.#waiting) lose(this.#lost);
    this.#waiting.clear();
  }
}

/** The awaiter of the promise handles its failure; without this, Node would also end the whole process. */
export function toldElsewhere(): void {}
