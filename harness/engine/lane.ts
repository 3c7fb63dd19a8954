import type { Variable } from '../savedmodel/saved-model.js';
import type { PreparedCall } from './call-preparation.js';
import type { CallRunner } from './call-runner.js';
import type { Tensor } from './subject.js';
import type { VariableState } from './variable-state.js';

/** What one call returns and changes, from the restored variables. */
export type Observation = {
  readonly output: Tensor;
  readonly changed: readonly Variable[];
  /** Time that TensorFlow took for the call. */
  readonly callMs: number;
};

/** One process of the model, for calls that start from the restored variables. */
export class Lane {
  readonly #variables: VariableState;
  readonly #runner: CallRunner;

  /** `runner`: makes no other calls. */
  constructor(variables: VariableState, runner: CallRunner) {
    this.#variables = variables;
    this.#runner = runner;
  }

  /** @throws CallFailed, EngineError */
  async observe(prepared: PreparedCall): Promise<Observation> {
    await this.#runner.admit(prepared);
    const generation = await this.#variables.restored();
    const before = this.#runner.spent.callMs;
    const output = await this.#runner.run(prepared, generation);
    const callMs = this.#runner.spent.callMs - before;
    const changed = await this.#variables.changedBy(prepared.concreteFunction, generation, { putBack: true });
    return { output, changed, callMs };
  }
}
