import type { Origin, SymbolicTensor } from '../flow/symbolic-tensor.js';
import { type Graph, type Result, resultKey } from '../shapes/graph.js';
import { type Alternatives, merged } from './alternatives.js';
import { freeValue } from './context.js';
import { fixedValue } from './fixed-value.js';
import { Numbering } from './numbering.js';
import { resultOf } from './result.js';
import { isSettled, widened } from './rounds.js';
import type { Numbers, Value } from './value.js';

/** The numbers of a captured variable or constant, as stored; undefined where they are not known. */
export type StoredNumbers = (nodeId: number) => Numbers | undefined;

/** Rounds through a loop; from the second on, what still moves is taken to be without bound. */
const maxRounds = 6;

/**
 * The bounds of the values behind a tensor, by interval arithmetic that remembers what bounds what. Loops are followed
 * until nothing changes.
 */
export class Bounds {
  readonly #graph: Graph;
  readonly #stored: StoredNumbers;
  readonly #numbering = new Numbering();
  readonly #captured = new Map<number, Value>();
  #known = new Map<string, Alternatives>();
  /** Results in loops, from the round before, and those that were asked for before they were known. */
  #before: ReadonlyMap<string, Alternatives> = new Map();
  readonly #asked = new Set<string>();

  constructor(graph: Graph, stored: StoredNumbers) {
    this.#graph = graph;
    this.#stored = stored;
  }

  of(tensor: SymbolicTensor): Alternatives {
    for (let round = 0; round < maxRounds; round++) {
      this.#known = new Map();
      this.#evaluate(tensor);
      if ([...this.#asked].every((key) => isSettled(this.#before.get(key), this.#known.get(key)))) break;
      this.#before = new Map([...this.#asked].map((key) => [key, this.#nextOf(key, round)]));
    }
    return this.#valueOf(tensor);
  }

  #nextOf(key: string, round: number): Alternatives {
    const now = this.#known.get(key) ?? [];
    return round === 0 ? now : widened(this.#before.get(key) ?? [], now);
  }

  /** Inputs first; an operation that waits for itself, as in a loop, takes what was known in the round before. */
  #evaluate(tensor: SymbolicTensor): void {
    const stack = [...this.#unknownBehind(tensor)];
    const open = new Set<string>();
    for (let result = stack.at(-1); result !== undefined; result = stack.at(-1)) {
      const key = resultKey(result);
      if (!this.#known.has(key) && !open.has(key)) {
        open.add(key);
        const behind = this.#graph.flow
          .inputsOf(result.operation)
          .concat(this.#graph.inputsOf(result.operation));
        stack.push(
          ...behind.flatMap((each) => this.#unknownBehind(each)).filter((each) => !open.has(resultKey(each))),
        );
        continue;
      }
      if (!this.#known.has(key)) this.#known.set(key, this.#resultOf(result));
      stack.pop();
    }
  }

  #unknownBehind(tensor: SymbolicTensor): readonly Result[] {
    return this.#graph.flow
      .originsOf(tensor)
      .filter((origin): origin is Result => origin.kind === 'result' && !this.#known.has(resultKey(origin)));
  }

  #resultOf(result: Result): Alternatives {
    const context = { graph: this.#graph, result, numbering: this.#numbering };
    return resultOf(context, (tensor) => this.#valueOf(tensor));
  }

  #valueOf(tensor: SymbolicTensor): Alternatives {
    const values = this.#graph.flow.originsOf(tensor).flatMap((origin) => this.#behind(origin));
    return merged(this.#numbering, values);
  }

  #behind(origin: Origin): Alternatives {
    switch (origin.kind) {
      case 'result':
        return this.#known.get(resultKey(origin)) ?? this.#askedFor(resultKey(origin));
      case 'capture':
        return [this.#capture(origin)];
      case 'argument':
        if (this.#graph.isImages(origin)) return [freeValue(this.#numbering.fresh(), undefined)];
        return [fixedValue(this.#numbering.of(`argument ${origin.at}`, []), null, () => undefined)];
      case 'unknown':
        return [freeValue(this.#numbering.fresh(), origin.why)];
    }
  }

  #askedFor(key: string): Alternatives {
    this.#asked.add(key);
    return this.#before.get(key) ?? [];
  }

  #capture(origin: Extract<Origin, { kind: 'capture' }>): Value {
    const { nodeId } = origin;
    const known = this.#captured.get(nodeId);
    if (known !== undefined) return known;
    const shape = this.#graph.shapeOfOrigin(origin);
    const value = fixedValue(this.#numbering.fresh(), shape, () => this.#stored(nodeId));
    this.#captured.set(nodeId, value);
    return value;
  }
}
