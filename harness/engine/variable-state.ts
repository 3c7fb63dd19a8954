import { allThatIsAssigned } from '../graph/assigned.js';
import { mutates } from '../graph/reachable.js';
import type { ConcreteFunction, SavedModel, Variable } from '../savedmodel/saved-model.js';
import type { Lowered } from './lowering/lower.js';
import { perturbationScales, perturbed, valueNode } from './lowering/perturbations.js';
import { EngineError } from './process/failures.js';
import type { TimedEngine } from './timed-engine.js';

/** Nodes of the lowered model that hold, restore, perturb and compare its variables. */
export type VariableNodes = Pick<
  Lowered,
  'reset' | 'putBack' | 'changed' | 'compared' | 'floating' | 'finite' | 'assigned'
>;

/** What the variables of one process are known to hold: `perturbed` differs from `restored` in floating-point ones only. */
type Held = { readonly values: 'restored' | 'perturbed'; readonly generation: number };

/** Calls after which a concrete function is trusted to change no other variables than its graph tells. */
const confirmations = 8;

/**
 * The variables of the model's process: what they hold, restored where they may have changed. Work that relies on them
 * names the generation of the process that holds them, since a new process starts with nothing known.
 */
export class VariableState {
  readonly #model: SavedModel;
  readonly #nodes: VariableNodes;
  readonly #engine: Pick<TimedEngine, 'send' | 'generation'>;
  /** Undefined once a call may have changed something. */
  #held: Held | undefined;
  /** How often each concrete function was seen to change nothing else than what it assigns. */
  readonly #confirmed: Map<ConcreteFunction, number>;
  readonly #mutating = new Map<ConcreteFunction, boolean>();
  readonly #assigned = new Map<ConcreteFunction, readonly Variable[] | undefined>();

  /** `first`: of the model's first process, where this is not that one: what was seen in one of them holds in both. */
  constructor(
    model: SavedModel,
    nodes: VariableNodes,
    engine: Pick<TimedEngine, 'send' | 'generation'>,
    first?: VariableState,
  ) {
    this.#model = model;
    this.#nodes = nodes;
    this.#engine = engine;
    this.#confirmed = first ? first.#confirmed : new Map();
  }

  /** Restores the variables where they may have changed; gives the generation that holds them. @throws EngineError */
  async restored(): Promise<number> {
    const known = this.#heldIn('restored');
    if (known !== undefined) return known;
    await this.#engine.send({ values: [], fetch: [this.#nodes.reset] });
    const { generation } = this.#engine;
    if (generation === undefined) throw new EngineError('crash', "The model's process was lost.");
    this.#held = { values: 'restored', generation };
    return generation;
  }

  /**
   * Sets each floating-point variable to its restored value, perturbed by this many steps, and restores the others; gives
   * the generation that holds them.
   */
  async perturbed(steps: ReadonlyMap<Variable, number>): Promise<number> {
    const generation = this.#heldIn('perturbed') ?? (await this.restored());
    const scales = this.#nodes.floating.map((variable) => steps.get(variable) ?? 0);
    const values = [{ feed: perturbationScales, dtype: 'float32', shape: [scales.length], values: scales }];
    this.#held = undefined;
    if (scales.length > 0) await this.#engine.send({ values, fetch: [perturbed] }, generation);
    this.#held = { values: 'perturbed', generation };
    return generation;
  }

  /** Restores the variables, but for those that are to be perturbed. */
  setTo(steps: ReadonlyMap<Variable, number>): Promise<number> {
    return steps.size > 0 ? this.perturbed(steps) : this.restored();
  }

  /** Must be called before a call is run: from here on, the values of the variables are unknown. */
  called(concreteFunction: ConcreteFunction): void {
    if (this.mutates(concreteFunction)) this.#held = undefined;
  }

  /**
   * Variables that differ from the restored ones after a call of this concrete function from them; with `putBack`, they
   * are restored in the same run. A few calls confirm what the graph tells; from then on, only what it assigns is compared.
   */
  async changedBy(
    concreteFunction: ConcreteFunction,
    generation: number,
    { putBack }: { readonly putBack: boolean },
  ): Promise<readonly Variable[]> {
    const nodes = this.#nodesFor(concreteFunction);
    if (nodes === undefined) return [];
    const differing = await this.#differing(nodes, generation, putBack ? [nodes.putBack] : []);
    const assigned = this.#assignedBy(concreteFunction);
    if (differing.every((variable) => assigned?.includes(variable)))
      this.#confirmed.set(concreteFunction, (this.#confirmed.get(concreteFunction) ?? 0) + 1);
    if (putBack) this.#held = { values: 'restored', generation };
    else if (differing.length > 0) this.#held = undefined;
    return differing;
  }

  /** The variables that calls of these concrete functions may change. */
  changeableBy(functions: Iterable<ConcreteFunction>): ReadonlySet<Variable> {
    return new Set([...functions].flatMap((one) => this.#nodesFor(one)?.compared ?? []));
  }

  /** Variables that differ from the restored ones. */
  async differing(generation: number): Promise<readonly Variable[]> {
    return this.#differing(this.#nodes, generation, []);
  }

  async #differing(
    { changed, compared }: Pick<VariableNodes, 'changed' | 'compared'>,
    generation: number,
    also: readonly string[],
  ): Promise<readonly Variable[]> {
    if (changed === undefined) return [];
    const work = { values: [], fetch: [changed, ...also] };
    const [differs] = (await this.#engine.send(work, generation)).tensors;
    return compared.filter((_, index) => differs?.values[index] !== 0);
  }

  /** Values of those of these variables that are floating-point numbers, by node id. */
  async valuesOf(
    variables: readonly Variable[],
    generation: number,
  ): Promise<ReadonlyMap<number, Float32Array>> {
    const floating = variables.filter((variable) => this.#nodes.floating.includes(variable));
    if (floating.length === 0) return new Map();
    const work = { values: [], fetch: floating.map(valueNode) };
    const { tensors } = await this.#engine.send(work, generation);
    return new Map(
      floating.map(({ nodeId }, index) => [nodeId, Float32Array.from(tensors[index]?.values ?? [])]),
    );
  }

  /** Restored variables that hold NaN or infinity. */
  async notFinite(): Promise<readonly Variable[]> {
    const { finite, floating } = this.#nodes;
    if (finite === undefined) return [];
    const generation = await this.restored();
    const [fine] = (await this.#engine.send({ values: [], fetch: [finite] }, generation)).tensors;
    return floating.filter((_, index) => fine?.values[index] !== 1);
  }

  /** The living process whose variables are known to hold these values. */
  #heldIn(values: Held['values']): number | undefined {
    const held = this.#held;
    return held?.values === values && held.generation === this.#engine.generation
      ? held.generation
      : undefined;
  }

  /** Whether a call of this concrete function can reach an assignment. */
  mutates(concreteFunction: ConcreteFunction): boolean {
    const known = this.#mutating.get(concreteFunction) ?? mutates(this.#model, concreteFunction);
    this.#mutating.set(concreteFunction, known);
    return known;
  }

  /** What compares the variables that a call may have changed; undefined where it may have changed none. */
  #nodesFor(concreteFunction: ConcreteFunction) {
    const { assigned } = this.#nodes;
    const may = this.#assignedBy(concreteFunction);
    if (may === undefined || (this.#confirmed.get(concreteFunction) ?? 0) < confirmations) return this.#nodes;
    if (may.length === 0) return undefined;
    return may.every((variable) => assigned?.compared.includes(variable)) ? assigned : this.#nodes;
  }

  /** The variables that a concrete function assigns, none where it assigns nothing at all; undefined where that is not known. */
  #assignedBy(concreteFunction: ConcreteFunction): readonly Variable[] | undefined {
    if (!this.mutates(concreteFunction)) return [];
    if (!this.#assigned.has(concreteFunction))
      this.#assigned.set(concreteFunction, allThatIsAssigned(this.#model, concreteFunction));
    return this.#assigned.get(concreteFunction);
  }
}
