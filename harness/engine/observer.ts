import path from 'node:path';
import { hasHiddenState } from '../graph/randomness/hidden-state.js';
import type { ConcreteFunction, Endpoint, SavedModel, Variable } from '../savedmodel/saved-model.js';
import type { CallPreparation, PreparedCall } from './call-preparation.js';
import { CallRunner } from './call-runner.js';
import { Ahead, type Worker } from './lanes/ahead.js';
import type { Lowered } from './lowering/lower.js';
import type { EngineHost } from './process/host.js';
import { RememberedAnswers } from './remembered-answers.js';
import { ShapeGate } from './shape-gate.js';
import type { Tensor } from './subject.js';
import { TimedEngine } from './timed-engine.js';
import { VariableState } from './variable-state.js';

/** What one call returns and changes, from the restored variables. */
export type Observation = {
  readonly output: Tensor;
  readonly changed: readonly Variable[];
  /** Time that TensorFlow took for the call. */
  readonly callMs: number;
};

/** Where further processes of a model come from. */
export type HelperParts = {
  /** Undefined where there may be none now. */
  readonly another: () => EngineHost | undefined;
  /** How much work must be left for one to be worth its start, in milliseconds. */
  readonly worthMs: number;
};

export type ObserverParts = {
  readonly model: SavedModel;
  readonly lowered: Lowered;
  readonly endpoint: Endpoint | undefined;
  readonly preparation: CallPreparation;
  readonly shapes: ShapeGate;
  /** The model's first process, and its variables. */
  readonly engine: TimedEngine;
  readonly variables: VariableState;
  readonly helpers: HelperParts;
};

/**
 * Calls from the restored variables, each made once and remembered. Those that are announced, and that give the same in any
 * process, are made in advance by as many processes as there may be.
 */
export class Observer {
  /** Of the calls that were asked for, as if one process had made them. */
  readonly spent = { calls: 0, callMs: 0 };
  readonly #parts: ObserverParts;
  readonly #remembered = new RememberedAnswers<Observation>();
  readonly #ahead: Ahead<PreparedCall, Observation>;
  readonly #helpers: TimedEngine[] = [];
  /** The calls that are announced together with one that is foreseen. */
  readonly #groups = new WeakMap<PreparedCall, readonly PreparedCall[]>();
  readonly #hiding = new Map<ConcreteFunction, boolean>();

  constructor(parts: ObserverParts) {
    this.#parts = parts;
    const own = this.#worker(parts.engine, parts.variables, parts.shapes);
    this.#ahead = new Ahead({ own, kindOf, helper: () => this.#another(), worthMs: parts.helpers.worthMs });
  }

  set deadline(deadline: number) {
    for (const engine of this.#helpers) engine.deadline = deadline;
  }

  /** @throws CallFailed, EngineError */
  observe(prepared: PreparedCall): Promise<Observation> {
    const key = keyOf(prepared);
    return this.#remembered.recall(key, async () => {
      const observation = await this.#ahead.get(key, prepared);
      this.spent.calls += 1;
      this.spent.callMs += observation.callMs;
      return observation;
    });
  }

  /** Calls whose shapes have been checked, each of which will be asked for. */
  announce(calls: readonly PreparedCall[]): void {
    const { endpoint, shapes: gate } = this.#parts;
    const known = (call: PreparedCall) => gate.knows(call.concreteFunction, call.shapes);
    this.#ahead.announce(this.#newOf(endpoint?.kind === 'polymorphic' ? calls.filter(known) : calls));
  }

  /** Calls that will be announced later; the shapes of each group are then checked together. */
  foresee(groups: readonly (readonly PreparedCall[])[]): void {
    for (const group of groups) for (const call of group) this.#groups.set(call, group);
    this.#ahead.foresee(this.#newOf(groups.flat()));
  }

  /** Of calls that any process may make, giving what the first one gives, those without an answer, by their keys. */
  #newOf(calls: readonly PreparedCall[]): Map<string, PreparedCall> {
    const able = calls.filter((call) => !this.#hides(call)).map((call) => [keyOf(call), call] as const);
    return new Map(able.filter(([key]) => !this.#remembered.knows(key)));
  }

  #hides({ concreteFunction }: PreparedCall): boolean {
    const hides = this.#hiding.get(concreteFunction) ?? hasHiddenState(this.#parts.model, concreteFunction);
    this.#hiding.set(concreteFunction, hides);
    return hides;
  }

  #another(): Worker<PreparedCall, Observation> | undefined {
    const { model, lowered, engine: first, helpers } = this.#parts;
    const host = helpers.another();
    if (!host) return undefined;
    const engine = new TimedEngine(host);
    engine.deadline = first.deadline;
    this.#helpers.push(engine);
    const folder = path.join(lowered.folder, `helper-${this.#helpers.length}`);
    const shapes = new ShapeGate(model, folder, (work) => engine.send(work), this.#parts.shapes);
    return this.#worker(engine, new VariableState(model, lowered, engine), shapes);
  }

  #worker(
    engine: TimedEngine,
    variables: VariableState,
    shapes: ShapeGate,
  ): Worker<PreparedCall, Observation> {
    const { endpoint, preparation } = this.#parts;
    const runner = new CallRunner({ endpoint, preparation, shapes, variables, engine });
    const admitted = new WeakSet<readonly PreparedCall[]>();
    return async (call) => {
      const group = this.#groups.get(call);
      if (group && !admitted.has(group)) await runner.admitTogether(group);
      if (group) admitted.add(group);
      return observed(call, variables, runner);
    };
  }
}

/** `runner`: makes no other calls. @throws CallFailed, EngineError */
async function observed(
  prepared: PreparedCall,
  variables: VariableState,
  runner: CallRunner,
): Promise<Observation> {
  await runner.admit(prepared);
  const generation = await variables.restored();
  const before = runner.spent.callMs;
  const output = await runner.run(prepared, generation);
  const callMs = runner.spent.callMs - before;
  const changed = await variables.changedBy(prepared.concreteFunction, generation, { putBack: true });
  return { output, changed, callMs };
}

/** A process has prepared itself for a shape of images once it has met it, whatever else is passed. */
function kindOf({ shapes }: PreparedCall): string {
  return JSON.stringify(shapes[0]);
}

function keyOf({ concreteFunction, run }: PreparedCall): string {
  return JSON.stringify([concreteFunction.functionName, run]);
}
