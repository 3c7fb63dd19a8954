import { operationText } from '../../../harness/graph/flow/operation-text.js';
import type { Choice, Operation, SymbolicTensor } from '../../../harness/graph/flow/symbolic-tensor.js';
import { factsOf } from '../../../harness/graph/ops/catalogue.js';
import type { Dependence } from '../../../harness/graph/randomness/dependence.js';
import { rearranges } from '../../../harness/graph/randomness/random.js';
import { type Graph, type Result, resultKey } from '../../../harness/graph/shapes/graph.js';
import { narrowed, sameForAll, type Units, within } from '../../../harness/graph/units/units.js';
import { wayInto } from '../../../harness/graph/units/way-into.js';
import type { Shape } from '../../../harness/savedmodel/saved-model.js';

/** A result on the way back from the output, with the one that it goes into. */
export type Step = {
  readonly result: Result;
  readonly units: Units;
  /** The images reach the output past this value, too: it is one of several addends or choices. */
  readonly beside: boolean;
  readonly shape: Shape;
  /** It is random and does not depend on the images. */
  readonly pure: boolean;
  readonly into: Step | undefined;
};

export type Walked = {
  /** Where randomness begins, one step for each path to the output. */
  readonly sources: readonly Step[];
  /** Why something could not be followed. */
  readonly doubts: ReadonlySet<string>;
};

/** Walks back from an output through operations that do not mix its units, as long as something random lies behind. */
export class MaskWalk implements Walked {
  readonly sources: Step[] = [];
  readonly doubts = new Set<string>();
  readonly #graph: Graph;
  readonly #dependence: Dependence;
  readonly #seen = new Set<string>();
  readonly #queue: Step[] = [];

  constructor(graph: Graph, dependence: Dependence, output: SymbolicTensor) {
    this.#graph = graph;
    this.#dependence = dependence;
    const oneColumn = graph.shapeOf(output)?.at(-1) === 1;
    this.#enter(output, oneColumn ? 'single' : [0], false, undefined);
    for (const step of this.#queue) this.#visit(step);
  }

  #enter(tensor: SymbolicTensor, units: Units, beside: boolean, into: Step | undefined): void {
    for (const choice of this.#graph.flow.choicesOf(tensor)) this.#enterDecider(choice, beside, into);
    for (const origin of this.#graph.flow.originsOf(tensor)) {
      if (origin.kind === 'unknown') this.doubts.add(origin.why);
      if (origin.kind !== 'result') continue;
      const { random, images } = this.#dependence.of(origin);
      if (!random) continue;
      const shape = this.#graph.shapeOfOrigin(origin);
      const step = { result: origin, units: narrowed(units, shape), beside, shape, pure: !images, into };
      if (this.#isNew(step)) this.#queue.push(step);
    }
  }

  /** A random choice of branch is a mask, the same for all units, where a branch does not depend on the images. */
  #enterDecider({ operation, decider, options }: Choice, beside: boolean, into: Step | undefined): void {
    if (options.every((option) => this.#dependsOnImages(option))) return;
    const result: Result = { kind: 'result', operation, output: 'output', index: 0 };
    const step: Step = { result, units: [], beside, shape: null, pure: false, into };
    if (this.#isNew(step)) this.#enter(decider, [], beside, step);
  }

  #dependsOnImages(tensor: SymbolicTensor): boolean {
    return this.#graph.flow.originsOf(tensor).some((origin) => this.#dependence.of(origin).images);
  }

  #isNew({ result, units, beside }: Step): boolean {
    const key = `${resultKey(result)} ${units} ${beside}`;
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    return true;
  }

  #visit(step: Step): void {
    const { result, units, beside, pure } = step;
    const { operation } = result;
    if (this.#begins(step)) return void this.sources.push(step);
    const way = wayInto(this.#graph, result, units);
    if (way.kind !== 'apart') {
      if (pure) this.sources.push(step);
      else if (way.kind === 'undecided')
        this.doubts.add(`${operationText(operation)} is not known to this check`);
      return;
    }
    const inputs = this.#graph.inputsOf(operation);
    for (const { position, units: taken } of way.inputs) {
      const tensor = inputs[position];
      if (tensor) this.#enter(tensor, taken, beside || this.#isBeside(operation, position), step);
    }
  }

  /** Whether randomness begins here, for the units that are followed. */
  #begins({ result: { operation }, units, shape, pure }: Step): boolean {
    if (!this.#dependence.isSource(operation)) return pure && this.#spreads(operation, units);
    if (!rearranges(operation.node) || pure) return true;
    if (shape === null || typeof units === 'string') return !sameForAll(units);
    return units.includes(shape.length - 1);
  }

  /** A random number for all units, compared with another value for each: the outcome is each unit's own. */
  #spreads(operation: Operation, units: Units): boolean {
    const acts = factsOf(operation.node.op)?.acts;
    if ((acts !== 'compares' && acts !== 'chooses') || sameForAll(units)) return false;
    return this.#graph.inputsOf(operation).every((tensor) => {
      const shape = this.#graph.shapeOf(tensor);
      const random = this.#graph.flow.originsOf(tensor).some((origin) => this.#dependence.of(origin).random);
      return !random || sameForAll(narrowed(within(units, shape), shape));
    });
  }

  #isBeside({ node, callSite }: Operation, position: number): boolean {
    const others = this.#graph.inputsOf({ node, callSite }).filter((_, at) => at !== position);
    const images = others.map((tensor) => this.#dependsOnImages(tensor));
    const acts = factsOf(node.op)?.acts;
    if (acts === 'adds') return images.includes(true);
    return acts === 'chooses' && position === 0 && !images.includes(false);
  }
}
