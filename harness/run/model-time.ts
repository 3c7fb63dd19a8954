import { LeftOut } from '../check/violation.js';
import type { Limits } from '../contract/contract.js';
import { EngineError } from '../engine/process/failures.js';

/** Checks in a row in which a call has had no answer, after which the model counts as endless. */
const maxLost = 3;

/** The time that all checks of one model share; it begins with the first that calls the model. */
export class ModelTime {
  readonly #limits: Limits;
  #until: number | undefined;
  #lost = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /**
   * When a check that begins now must end, as `performance.now()` counts.
   * @throws LeftOut where the time of the model is up
   */
  deadline(): number {
    const { deadlineMs, modelDeadlineMs } = this.#limits;
    const now = performance.now();
    this.#until ??= now + modelDeadlineMs;
    if (this.#lost >= maxLost) throw timeIsUp(`Calls of ${maxLost} checks in a row had no answer in time`);
    if (now < this.#until) return Math.min(this.#until, now + deadlineMs);
    const minutes = Math.round(modelDeadlineMs / 600) / 100;
    throw timeIsUp(
      `The ${minutes} min for all checks of the model are over; raise limits.model_deadline in the spec`,
    );
  }

  /** To be told of each check that called the model, and of the error that it met. */
  ended(error: unknown): void {
    const lost = error instanceof EngineError && error.failure === 'deadline';
    this.#lost = lost ? this.#lost + 1 : 0;
  }
}

function timeIsUp(text: string): LeftOut {
  return new LeftOut({ kind: 'cannot-run', of: 'time', text });
}
