import type { ConcreteFunction, Endpoint } from '../savedmodel/saved-model.js';
import type { CallPreparation, PreparedCall } from './call-preparation.js';
import type { CallShapes } from './lowering/shapes.js';
import { inCall, unlessCallFails } from './process/failures.js';
import type { ShapeGate } from './shape-gate.js';
import type { Call, Tensor } from './subject.js';
import type { TimedEngine } from './timed-engine.js';
import type { VariableState } from './variable-state.js';

type Parts = {
  readonly endpoint: Endpoint | undefined;
  readonly preparation: CallPreparation;
  readonly shapes: Pick<ShapeGate, 'pass' | 'passTogether'>;
  readonly variables: VariableState;
  readonly engine: TimedEngine;
};

/** Makes calls of the endpoint: prepares them, has their shapes checked, runs and counts them. */
export class CallRunner {
  readonly spent = { calls: 0, callMs: 0 };
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @throws CallRefused, CallFailed, EngineError: the call can't be made, which Python would report before running anything */
  async ready({ batch, args }: Call): Promise<PreparedCall> {
    const prepared = this.#parts.preparation.prepare(batch, args ?? {});
    await this.admit(prepared);
    return prepared;
  }

  /** @throws CallFailed when Python would not even trace the call for these shapes */
  async admit({ concreteFunction, shapes, call }: PreparedCall): Promise<void> {
    const { endpoint, shapes: gate } = this.#parts;
    if (endpoint?.kind === 'polymorphic')
      await gate.pass(concreteFunction, shapes).catch((error) => {
        throw inCall(call, error);
      });
  }

  /** Those of the calls that can be prepared. */
  prepareAll(calls: readonly Call[]): readonly PreparedCall[] {
    return calls.flatMap((call) => this.#preparable(call));
  }

  /** Has the shapes of upcoming calls checked together. */
  async admitTogether(calls: readonly PreparedCall[]): Promise<void> {
    if (this.#parts.endpoint?.kind !== 'polymorphic') return;
    const byFunction = new Map<ConcreteFunction, CallShapes[]>();
    for (const { concreteFunction, shapes } of calls)
      byFunction.set(concreteFunction, [...(byFunction.get(concreteFunction) ?? []), shapes]);
    for (const [concreteFunction, shapes] of byFunction)
      await this.#parts.shapes.passTogether(concreteFunction, shapes);
  }

  /** Runs a call in the process of this generation, on the variables as they are. @throws CallFailed, EngineError */
  async run({ concreteFunction, call, run, read }: PreparedCall, generation: number): Promise<Tensor> {
    this.#parts.variables.called(concreteFunction);
    const { tensors, callMs } = await this.#parts.engine.send(run, generation).catch((error) => {
      throw inCall(call, error);
    });
    this.spent.calls += 1;
    this.spent.callMs += callMs;
    return read(tensors);
  }

  /** Several calls in a row from the restored variables, with no reset in between. */
  async runFromRestored(calls: readonly Call[]): Promise<{ tensors: Tensor[]; generation: number }> {
    const ready = await this.allReady(calls);
    const generation = await this.#parts.variables.restored();
    return { tensors: await this.runAll(ready, generation), generation };
  }

  /** As `ready`, for each of several calls. */
  async allReady(calls: readonly Call[]): Promise<PreparedCall[]> {
    const ready: PreparedCall[] = [];
    for (const call of calls) ready.push(await this.ready(call));
    return ready;
  }

  /** As `run`, one after the other. */
  async runAll(calls: readonly PreparedCall[], generation: number): Promise<Tensor[]> {
    const tensors: Tensor[] = [];
    for (const call of calls) tensors.push(await this.run(call, generation));
    return tensors;
  }

  #preparable({ batch, args }: Call): PreparedCall[] {
    try {
      return [this.#parts.preparation.prepare(batch, args ?? {})];
    } catch (error) {
      return unlessCallFails(error) ?? [];
    }
  }
}
