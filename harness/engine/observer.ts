import { hasHiddenState } from '../graph/randomness/hidden-state.js';
import type { ConcreteFunction, Endpoint, SavedModel, Variable } from '../savedmodel/saved-model.js';
import type { CallPreparation, PreparedCall } from './call-preparation.js';
import { CallRunner } from './call-runner.js';
import { Ahead, type Worker, type Worth } from './lanes/ahead.js';
import { RememberedAnswers } from './remembered-answers.js';
import type { ShapeGate } from './shape-gate.js';
import type { Tensor } from './subject.js';
import type { TimedEngine } from './timed-engine.js';
import type { VariableState } from './variable-state.js';

/** What one call returns and changes, from the restored variables. */
export type Observation = {
  readonly output: Tensor;
  readonly changed: readonly Variable[];
  /** Time that TensorFlow took for the call. */
  readonly callMs: number;
};

/** A further process of a model. */
export type Lane = {
  readonly engine: TimedEngine;
  readonly variables: VariableState;
  readonly shapes: ShapeGate;
  /** Once it may make calls for others; never fails. */
  readonly ready: Promise<void>;
};

/** Where further processes of a model come from. */
export type Lanes = {
  /** Undefined where there may be none now. */
  readonly another: () => Lane | undefined;
  readonly worth: Worth;
};

export type ObserverParts = {
  readonly model: SavedModel;
  readonly endpoint: Endpoint | undefined;
  readonly preparation: CallPreparation;
  readonly shapes: ShapeGate;
  /** The model's first process, and its variables. */
  readonly engine: TimedEngine;
  readonly variables: VariableState;
  readonly lanes: Lanes;
  /** Of the model's first process, where this is not that one: what it knows need not be found out again. */
  readonly beside?: Observer | undefined;
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
  /** What other processes found out and was not asked for yet. */
  readonly #given = new Map<string, Observation>();
  /** Undefined until someone asks for it. */
  #seen: Map<string, Observation> | undefined;
  /** The calls that are announced together with one that is foreseen. */
  readonly #groups = new WeakMap<PreparedCall, readonly PreparedCall[]>();
  readonly #hiding = new Map<ConcreteFunction, boolean>();

  constructor(parts: ObserverParts) {
    this.#parts = parts;
    const own = this.#worker(parts);
    this.#ahead = new Ahead({ own, kindOf, helper: () => this.#another(), worth: parts.lanes.worth });
  }

  set deadline(deadline: number) {
    for (const engine of this.#helpers) engine.deadline = deadline;
  }

  /** @throws CallFailed, EngineError */
  async observe(prepared: PreparedCall): Promise<Observation> {
    const key = keyOf(prepared);
    const observation = await this.#remembered.recall(key, () => this.#found(key, prepared));
    this.#seen?.set(key, observation);
    return observation;
  }

  /** What was observed since this was asked before, by the keys of the calls. */
  observed(): ReadonlyMap<string, Observation> {
    const seen = this.#seen ?? new Map();
    this.#seen = new Map();
    return seen;
  }

  /** Takes what another process observed, for when it is asked for. */
  give(observed: ReadonlyMap<string, Observation>): void {
    for (const [key, observation] of observed)
      if (!this.#remembered.knows(key)) this.#given.set(key, observation);
  }

  /** The same, as if it were asked for now. */
  async adopt(observed: ReadonlyMap<string, Observation>): Promise<void> {
    for (const [key, observation] of observed)
      await this.#remembered.recall(key, async () => this.#counted(key, observation));
  }

  async #found(key: string, prepared: PreparedCall): Promise<Observation> {
    const known = this.#given.get(key) ?? (await this.#parts.beside?.known(key));
    return this.#counted(key, known ?? (await this.#ahead.get(key, prepared)));
  }

  #counted(key: string, observation: Observation): Observation {
    this.#given.delete(key);
    this.spent.calls += 1;
    this.spent.callMs += observation.callMs;
    return observation;
  }

  /** Undefined where it was not asked for yet. @throws CallFailed, EngineError as it did */
  async known(key: string): Promise<Observation | undefined> {
    return this.#remembered.known(key) ?? this.#given.get(key);
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
    const able = calls
      .filter(({ concreteFunction }) => !this.hides([concreteFunction]))
      .map((call) => [keyOf(call), call] as const);
    return new Map(able.filter(([key]) => !this.#remembered.knows(key) && !this.#given.has(key)));
  }

  /** Whether calls of one of these depend on more than their arguments and the variables. */
  hides(functions: readonly ConcreteFunction[]): boolean {
    return functions.some((one) => {
      const hides = this.#hiding.get(one) ?? hasHiddenState(this.#parts.model, one);
      this.#hiding.set(one, hides);
      return hides;
    });
  }

  #another() {
    const lane = this.#parts.lanes.another();
    if (!lane) return undefined;
    const ready = lane.ready.then(() => {
      lane.engine.deadline = this.#parts.engine.deadline;
      this.#helpers.push(lane.engine);
    });
    return { work: this.#worker(lane), ready };
  }

  #worker({ engine, variables, shapes }: Omit<Lane, 'ready'>): Worker<PreparedCall, Observation> {
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
