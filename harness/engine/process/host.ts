import { CallFailed, EngineError } from './failures.js';
import type { Reply, SessionWork } from './messages.js';
import { plainMessage } from './plain-message.js';
import { type ProcessOptions, RunningProcess, toldElsewhere } from './running-process.js';
import { type Waited, waitedBy } from './waiting.js';

/** Tensors fetched, and the time that TensorFlow took for it. */
export type RunResult = Pick<Extract<Reply, { kind: 'fetched' }>, 'tensors' | 'texts' | 'callMs'>;

/**
 * The engine's process as seen from outside: started at first need, killed at a deadline or past its memory,
 * restarted after a crash. One run at a time.
 */
export class EngineHost {
  readonly #options: ProcessOptions;
  #running: RunningProcess | undefined;
  #started = 0;
  #nextId = 0;
  #closed = false;

  constructor(options: ProcessOptions) {
    this.#options = options;
  }

  /** The process's id while it lives. */
  get pid(): number | undefined {
    return this.#running?.alive ? this.#running.child.pid : undefined;
  }

  /** The most memory that the process was seen to use; 0 where none was measured yet. */
  get peakBytes(): number {
    return this.#running?.peakBytes ?? 0;
  }

  /** Which of the processes started so far is alive, counted from 1: unlike a pid, it is never reused. */
  get generation(): number | undefined {
    return this.#running?.alive ? this.#started : undefined;
  }

  /**
   * Does one piece of work; starts a process where there is none.
   * With `onlyIn`, only in the process of that generation, whose variables the work needs. `leftMs`: asked again once the time
   * it told is over.
   * @throws CallFailed when TensorFlow fails in the run; EngineError when the process is lost, the time is up, or an
   * image file can't be read
   */
  async run(work: SessionWork, leftMs: () => number, onlyIn?: number): Promise<RunResult> {
    if (onlyIn !== undefined && this.generation !== onlyIn)
      throw new EngineError('crash', "The model's process was lost.");
    if (this.#closed) throw new EngineError('crash', "The model's process was closed.");
    const running = this.#start();
    const id = this.#nextId++;
    const stopWaiting = onceOver(leftMs, () => running.kill(tooLate()));
    try {
      await running.ready;
      const reply = await running.ask(id, work);
      if (reply.kind === 'failed') throw new CallFailed(plainMessage(reply.message), undefined, reply.before);
      if (reply.kind === 'undecided') throw new EngineError(reply.failure, reply.message);
      return reply;
    } finally {
      stopWaiting();
    }
  }

  /** How long the threads of the process have waited for a core. */
  waited(): Waited {
    return waitedBy(this.pid);
  }

  /** Starts the process before it is needed. */
  warm(): void {
    this.#start().ready.catch(toldElsewhere);
  }

  /** No process is started any more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running?.end();
  }

  #start(): RunningProcess {
    if (this.#running?.alive) return this.#running;
    this.#started += 1;
    this.#running = new RunningProcess(this.#options);
    return this.#running;
  }
}

/** The longest delay that a timer supports. */
const maxTimerMs = 2 ** 31 - 1;

/** Does something once no time is left; returns a function that stops waiting for that. */
function onceOver(leftMs: () => number, act: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (ms: number) => {
    timer = setTimeout(
      () => {
        const moreMs = leftMs();
        if (moreMs > 0) wait(moreMs);
        else act();
      },
      Math.min(ms, maxTimerMs),
    );
  };
  wait(leftMs());
  return () => clearTimeout(timer);
}

function tooLate(): EngineError {
  return new EngineError(
    'deadline',
    "No answer before the check's time was up; the model's process was stopped.",
  );
}
