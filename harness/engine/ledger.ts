import type { CallRunner } from './call-runner.js';
import type { Observation, Observer } from './observer.js';

/** What work gave, and what it cost: calls of its own, and those that any process of the model may make. */
export type Recorded<T> = {
  readonly value: T;
  readonly spent: CallRunner['spent'];
  readonly observed: ReadonlyMap<string, Observation>;
};

/** The calls of one process of a model. Those of another are counted as if this one had made them, each once. */
export class Ledger {
  readonly #observer: Observer;
  readonly #runner: CallRunner;

  constructor(observer: Observer, runner: CallRunner) {
    this.#observer = observer;
    this.#runner = runner;
  }

  get spent(): Readonly<CallRunner['spent']> {
    const { calls, callMs } = this.#observer.spent;
    return { calls: calls + this.#runner.spent.calls, callMs: callMs + this.#runner.spent.callMs };
  }

  async recorded<T>(work: () => Promise<T>): Promise<Recorded<T>> {
    this.#observer.observed();
    const { calls, callMs } = this.#runner.spent;
    const value = await work();
    const spent = { calls: this.#runner.spent.calls - calls, callMs: this.#runner.spent.callMs - callMs };
    return { value, spent, observed: this.#observer.observed() };
  }

  /** Keeps answers of another process for when they are asked for. */
  keep({ observed }: Recorded<unknown>): void {
    this.#observer.give(observed);
  }

  /** Counts what another process did as done here. */
  async adopt({ spent, observed }: Recorded<unknown>): Promise<void> {
    this.#runner.spent.calls += spent.calls;
    this.#runner.spent.callMs += spent.callMs;
    await this.#observer.adopt(observed);
  }
}
