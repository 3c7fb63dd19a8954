import { EngineError } from './process/failures.js';
import type { EngineHost, RunResult } from './process/host.js';
import type { SessionWork } from './process/messages.js';
import { longestWaitMs, type Waited } from './process/waiting.js';

/** How many times as long as was planned a check may have in all where its process waits for a core. */
const longestWith = 5;

/** How old a look at it may be: one takes a millisecond, and some calls take less. */
const maxAgeMs = 1000;

/** The model's process, with the deadline of the current check: time in which the process waits for a core does not count. */
export class TimedEngine {
  readonly #host: Pick<EngineHost, 'run' | 'generation' | 'waited'>;
  #deadline = Number.POSITIVE_INFINITY;
  #last = Number.POSITIVE_INFINITY;
  /** What the process had waited, and when that was looked up. */
  #before: Waited = new Map();
  #since = Number.NEGATIVE_INFINITY;

  constructor(host: Pick<EngineHost, 'run' | 'generation' | 'waited'>) {
    this.#host = host;
  }

  /** When the check must have its answer, by `performance.now()`. */
  get deadline(): number {
    return this.#deadline;
  }

  set deadline(deadline: number) {
    const now = performance.now();
    this.#deadline = deadline;
    this.#last = now + (deadline - now) * longestWith;
    if (now - this.#since > maxAgeMs) this.#look(now);
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
    if (this.#leftMs() <= 0) throw new EngineError('deadline', 'The check ran out of time.');
    return this.#host.run(work, () => this.#leftMs(), onlyIn);
  }

  /** Adds what the process has waited for a core once the time is up. */
  #leftMs(): number {
    const now = performance.now();
    if (now >= this.#deadline) {
      const waitedMs = longestWaitMs(this.#before, this.#look(now));
      this.#deadline = Math.min(this.#deadline + waitedMs, this.#last);
    }
    return this.#deadline - now;
  }

  #look(now: number): Waited {
    this.#since = now;
    this.#before = this.#host.waited();
    return this.#before;
  }
}
