import type { ConcreteFunction, Endpoint } from '../savedmodel/saved-model.js';
import type { CallPreparation, PreparedCall } from './call-preparation.js';
import type { CallShapes } from './lowering/shapes.js';
import { CallFailed, inCall, unlessCallFails } from './process/failures.js';
import type { ShapeGate } from './shape-gate.js';
import type { Call, Tensor } from './subject.js';
import type { TimedEngine } from './timed-engine.js';
import type { VariableState } from './variable-state.js';

/** Calls that are sent to the process together, at most: their answers come together, too. */
const atOnce = 16;

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
  async run(call: PreparedCall, generation: number): Promise<Tensor> {
    const [tensor] = await this.runAll([call], generation);
    if (!tensor) throw new TypeError('A call gives one tensor.');
    return tensor;
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
    for (let at = 0; at < calls.length; at += atOnce)
      tensors.push(...(await this.#runTogether(calls.slice(at, at + atOnce), generation)));
    return tensors;
  }

  async #runTogether(calls: readonly PreparedCall[], generation: number): Promise<Tensor[]> {
    for (const { concreteFunction } of calls) this.#parts.variables.called(concreteFunction);
    const runs = calls.map(({ run }) => run);
    const { tensors, callMs } = await this.#parts.engine.send({ runs }, generation).catch((error) => {
      throw this.#failed(calls, error);
    });
    this.spent.calls += calls.length;
    this.spent.callMs += callMs;
    let at = 0;
    return calls.map(({ run, read }) => {
      const from = at;
      at += run.fetch.length;
      return read(tensors.slice(from, at));
    });
  }

  #failed(calls: readonly PreparedCall[], error: unknown): unknown {
    if (!(error instanceof CallFailed)) return error;
    this.spent.calls += error.before;
    const failed = calls[error.before];
    return failed ? inCall(failed.call, error) : error;
  }

  #preparable({ batch, args }: Call): PreparedCall[] {
    try {
      return [this.#parts.preparation.prepare(batch, args ?? {})];
    } catch (error) {
      return unlessCallFails(error) ?? [];
    }
  }
}
