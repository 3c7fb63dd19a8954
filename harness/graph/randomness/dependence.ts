import { keyOf } from '../flow/flow.js';
import type { Operation, Origin, SymbolicTensor } from '../flow/symbolic-tensor.js';
import { factsOf } from '../ops/catalogue.js';
import { type Graph, operationKey } from '../shapes/graph.js';
import { type Change, ChangingState } from './changing-state.js';
import { drawKey } from './equal-draws.js';
import { isFixed } from './fixed-draws.js';
import { isRandom, randomnessOf } from './random.js';
import { mayDraw } from './unseen.js';
import { givesZero } from './zero.js';

/** The dependencies of a value, except for shapes. What cannot be followed may be random. */
export type Depends = { readonly random: boolean; readonly images: boolean };

/** The dependencies of every operation behind an output. Throws FlowTooLarge. */
export class Dependence {
  /** Operations behind the output that are random. */
  readonly sources: readonly Operation[];
  /** Operations behind the output that may be random, as far as the graph shows. */
  readonly unseen: readonly Operation[];
  /** Why parts of the graph could not be followed. */
  readonly unknown: ReadonlySet<string>;
  readonly #graph: Graph;
  readonly #state: ChangingState;
  readonly #begin: ReadonlySet<string>;
  readonly #random: ReadonlySet<string>;
  readonly #images: ReadonlySet<string>;

  /** `fixed`: draws that count as random although they are the same in every call, by `drawKey`. */
  constructor(graph: Graph, output: SymbolicTensor, fixed: ReadonlySet<string> = new Set()) {
    this.#graph = graph;
    this.#state = new ChangingState(graph);
    const reached = new ReachedOperations(graph, this.#state, output);
    this.sources = reached.operations.filter(
      (one) =>
        isRandom(graph, one) ||
        this.changeRead(one) ||
        (fixed.size > 0 && isFixed(graph, one) && fixed.has(drawKey(graph, one))),
    );
    this.unseen = reached.operations.filter(({ node }) => mayDraw(node));
    this.unknown = reached.unknown;
    this.#begin = new Set(this.sources.map(operationKey));
    this.#random = reached.usersOf([
      ...this.#begin,
      ...this.unseen.map(operationKey),
      ...reached.takingUnknown,
    ]);
    this.#images = reached.usersOf(reached.takingImages);
  }

  /** How the state goes on that an operation reads and that the call makes anew; undefined where it reads none. */
  changeRead(operation: Operation): Change | undefined {
    return this.#state.changeRead(operation);
  }

  isSource(operation: Operation): boolean {
    return this.#begin.has(operationKey(operation));
  }

  of(origin: Origin): Depends {
    if (origin.kind !== 'result')
      return { random: origin.kind === 'unknown', images: this.#graph.isImages(origin) };
    return this.ofOperation(origin.operation);
  }

  ofOperation(operation: Operation): Depends {
    const key = operationKey(operation);
    return { random: this.#random.has(key), images: this.#images.has(key) };
  }
}

/** The operations behind an output, each with those that take its results. */
class ReachedOperations {
  readonly operations: Operation[] = [];
  readonly unknown = new Set<string>();
  readonly takingImages = new Set<string>();
  readonly takingUnknown = new Set<string>();
  readonly #met = new Set<string>();
  readonly #users = new Map<string, string[]>();
  readonly #graph: Graph;

  constructor(graph: Graph, state: ChangingState, output: SymbolicTensor) {
    this.#graph = graph;
    this.#meet(output, []);
    for (const operation of this.operations)
      for (const tensor of valuesInto(graph, state, operation)) this.#meet(tensor, [operationKey(operation)]);
  }

  /** Keys of everything that takes what these give, themselves included. */
  usersOf(keys: Iterable<string>): ReadonlySet<string> {
    const met = new Set(keys);
    for (const key of met) for (const user of this.#users.get(key) ?? []) met.add(user);
    return met;
  }

  #meet(tensor: SymbolicTensor, users: readonly string[]): void {
    const key = `${keyOf(tensor)} ${users}`;
    if (this.#met.has(key)) return;
    this.#met.add(key);
    for (const { decider } of this.#graph.flow.choicesOf(tensor)) this.#meet(decider, users);
    for (const origin of this.#graph.flow.originsOf(tensor)) {
      if (origin.kind === 'unknown') this.unknown.add(origin.why);
      if (origin.kind === 'unknown') for (const user of users) this.takingUnknown.add(user);
      if (this.#graph.isImages(origin)) for (const user of users) this.takingImages.add(user);
      if (origin.kind === 'result') this.#addUsers(origin.operation, users);
    }
  }

  #addUsers(operation: Operation, users: readonly string[]): void {
    const key = operationKey(operation);
    const known = this.#users.get(key);
    if (known === undefined) this.operations.push(operation);
    this.#users.set(key, known ?? []);
    this.#users.get(key)?.push(...users);
  }
}

/** Inputs whose values matter for the result; a random number does not depend on what it was drawn with. */
function valuesInto(graph: Graph, state: ChangingState, operation: Operation): readonly SymbolicTensor[] {
  const units = factsOf(operation.node.op)?.units;
  if (units === 'shape-only' || units === 'source' || units === 'draws') return [];
  if (state.changeRead(operation) !== undefined) return [];
  const inputs = graph.inputsOf(operation);
  if (givesZero(graph, operation)) return [];
  const random = randomnessOf(operation.node);
  return random === undefined || random.by === 'unseen' ? inputs : inputs.slice(0, 1);
}
