import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { confined } from './confinement.js';
import { CallFailed, EngineError, unloadable } from './failures.js';
import type { Reply, SessionWork, Start } from './messages.js';
import { plainMessage } from './plain-message.js';
import { guardMemory } from './resident-memory.js';

export type HostOptions = {
  readonly start: Start;
  readonly memoryBytes: number;
  /** Notified of each process started and ended, so that an interrupted run can end them all. */
  readonly watch?: { started(pid: number): void; ended(pid: number): void };
};

/** Tensors fetched, and the time that TensorFlow took for it. */
export type RunResult = Pick<Extract<Reply, { kind: 'fetched' }>, 'tensors' | 'names' | 'callMs'>;

const childFile = fileURLToPath(new URL('./child.js', import.meta.url));

/**
 * The engine's process as seen from outside: started at first need, killed at a deadline or past its memory,
 * restarted after a crash. One run at a time.
 */
export class EngineHost {
  readonly #options: HostOptions;
  #running: RunningProcess | undefined;
  #started = 0;
  #nextId = 0;

  constructor(options: HostOptions) {
    this.#options = options;
  }

  /** The process's id while it lives. */
  get pid(): number | undefined {
    return this.#running?.alive ? this.#running.child.pid : undefined;
  }

  /** Which of the processes started so far is alive, counted from 1: unlike a pid, it is never reused. */
  get generation(): number | undefined {
    return this.#running?.alive ? this.#started : undefined;
  }

  /**
   * Does one piece of work; starts a process where there is none.
   * With `onlyIn`, only in the process of that generation, whose variables the work needs.
   * @throws CallFailed when TensorFlow fails in the run; EngineError when the process is lost, the time is up, or an
   * image file can't be read
   */
  async run(work: SessionWork, deadlineMs: number, onlyIn?: number): Promise<RunResult> {
    if (onlyIn !== undefined && this.generation !== onlyIn)
      throw new EngineError('crash', "The model's process was lost.");
    const running = this.#start();
    const id = this.#nextId++;
    const timer = setTimeout(
      () =>
        running.kill(
          new EngineError(
            'deadline',
            `No answer within ${seconds(deadlineMs)}; the model's process was stopped.`,
          ),
        ),
      deadlineMs,
    );
    try {
      await running.ready;
      const reply = await running.ask(id, work);
      if (reply.kind === 'failed') throw new CallFailed(plainMessage(reply.message));
      if (reply.kind === 'unreadable') throw new EngineError('unreadable', reply.message);
      return reply;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Starts the process before it is needed. */
  warm(): void {
    this.#start().ready.catch(toldElsewhere);
  }

  async close(): Promise<void> {
    await this.#running?.end();
  }

  #start(): RunningProcess {
    if (this.#running?.alive) return this.#running;
    this.#started += 1;
    this.#running = new RunningProcess(this.#options);
    return this.#running;
  }
}

type Answer = Extract<Reply, { id: number }>;

/** One process, from its start to its end. */
class RunningProcess {
  readonly child: ChildProcess;
  readonly ready: Promise<void>;
  alive = true;
  readonly #ended: Promise<void>;
  readonly #lost: Promise<never>;
  #reason: EngineError | undefined;
  #stderr = '';

  constructor({ start, memoryBytes, watch }: HostOptions) {
    const args = ['--enable-source-maps', childFile, JSON.stringify(start)];
    const { command, ...how } = confined(args, path.join(start.folder, 'process'));
    this.child = spawn(command, how.args, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: how.env,
      cwd: how.cwd,
    });
    const { pid } = this.child;
    if (pid !== undefined) watch?.started(pid);
    this.child.stderr?.on('data', (chunk) => {
      this.#stderr = (this.#stderr + chunk).slice(-4000);
    });
    const stopGuard = guardMemory(pid, memoryBytes, (error) => this.kill(error));
    let lose: (error: EngineError) => void = () => undefined;
    this.#lost = new Promise((_, reject) => {
      lose = reject;
    });
    this.#lost.catch(toldElsewhere);
    this.#ended = new Promise((resolve) => {
      const onEnd = (code: number | null, signal: string | null) => {
        this.alive = false;
        stopGuard();
        if (pid !== undefined) watch?.ended(pid);
        lose(this.#reason ?? crash(code, signal, this.#stderr));
        resolve();
      };
      this.child.once('exit', onEnd);
      this.child.once('error', () => onEnd(null, null));
    });
    this.ready = this.#when((reply) => reply.kind === 'ready' || reply.kind === 'unloadable').then(
      (reply) => {
        if (reply.kind !== 'unloadable') return;
        this.child.kill('SIGKILL');
        throw unloadable(reply.message);
      },
    );
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
    this.child.kill('SIGKILL');
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.kill(new EngineError('crash', 'The process was closed.'));
    await this.#ended;
  }

  /** The first message that matches; fails when the process is lost before. */
  #when(fits: (reply: Reply) => boolean): Promise<Reply> {
    let listener: (reply: Reply) => void = () => undefined;
    const message = new Promise<Reply>((resolve) => {
      listener = (reply) => {
        if (fits(reply)) resolve(reply);
      };
      this.child.on('message', listener);
    });
    return Promise.race([message, this.#lost]).finally(() => this.child.off('message', listener));
  }
}

/** The awaiter of the promise handles its failure; without this, Node would also end the whole process. */
function toldElsewhere(): void {}

function crash(code: number | null, signal: string | null, stderr: string): EngineError {
  if (/bad_alloc|out of memory|OOM/i.test(stderr))
    return new EngineError('memory', 'The model ran out of memory.');
  const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
  const words = stderr
    .split('\n')
    .filter((line) => line.trim() !== '' && !chatter.test(line))
    .at(-1);
  return new EngineError('crash', `The model's process ${how}${words ? `: ${words}` : ''}.`);
}

/** TensorFlow's own start-up lines. */
const chatter = /^(WARNING: All log messages|[IW]\d{4} )/;

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
