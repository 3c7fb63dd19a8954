import { EngineError } from './process/failures.js';
import type { EngineHost, RunResult } from './process/host.js';
import type { SessionWork } from './process/messages.js';

/** The longest delay that a timer supports. */
const maxTimerMs = 2 ** 31 - 1;

/** The model's process, with the deadline of the current check. */
export class TimedEngine {
  /** When the check must have its answer, by `performance.now()`. */
  deadline = Number.POSITIVE_INFINITY;
  readonly #host: Pick<EngineHost, 'run' | 'generation'>;

  constructor(host: Pick<EngineHost, 'run' | 'generation'>) {
    this.#host = host;
  }

  /** Which of the processes started so far is alive. */
  get generation(): number | undefined {
    return this.#host.generation;
  }

  /**
   * Has one piece of work done; with `onlyIn`, only in the process of that generation.
   * @throws CallFailed when TensorFlow fails in the run; EngineError when that is inconclusive
   */
  async send(work: SessionWork, onlyIn?: number): Promise<RunResult> {
    if ('fetch' in work && work.fetch.length === 0) return { tensors: [], callMs: 0 };
    const leftMs = this.deadline - performance.now();
    if (leftMs <= 0) throw new EngineError('deadline', 'The check ran out of time.');
    return this.#host.run(work, Math.min(leftMs, maxTimerMs), onlyIn);
  }
}
