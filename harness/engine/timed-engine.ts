import { EngineError } from './failures.js';
import type { EngineHost, RunResult } from './process/host.js';
import type { Work } from './process/messages.js';

/** The longest time that a timer can wait for. */
const maxTimerMs = 2 ** 31 - 1;

/** The model's process, with the time that the check at hand has for it. */
export class TimedEngine {
  /** When the check must have its answer, as `performance.now()` counts. */
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
   * @throws CallFailed when TensorFlow fails in the run; EngineError when it could not be found out
   */
  async send(work: Work, onlyIn?: number): Promise<RunResult> {
    if ('fetch' in work && work.fetch.length === 0) return { tensors: [], callMs: 0 };
    const leftMs = this.deadline - performance.now();
    if (leftMs <= 0) throw new EngineError('deadline', 'The time for this check was up.');
    return this.#host.run(work, Math.min(leftMs, maxTimerMs), onlyIn);
  }
}
