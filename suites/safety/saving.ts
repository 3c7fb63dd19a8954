import { mayBeRunOtherwise, type Reach } from './reach.js';
import type { Site } from './sites.js';
import { ToldPaths } from './told-path.js';

type Half = 'save' | 'restore';

/** How many of its first inputs are paths, and which half of the saver it belongs to. */
const savers: Readonly<Record<string, { readonly paths: number; readonly half: Half }>> = {
  SaveV2: { paths: 1, half: 'save' },
  MergeV2Checkpoints: { paths: 2, half: 'save' },
  RestoreV2: { paths: 1, half: 'restore' },
};

/**
 * Which operations only save or restore the variables, where their caller says: a saver has to, and nothing runs it here. They must be
 * run by their half of the saver and by nothing else, whatever way leads to them, with the path that the saver is told.
 */
export class Saving {
  readonly #reach: Reach;
  readonly #paths: ToldPaths;
  /** By function and half. */
  readonly #allowed = new Map<string, boolean>();

  constructor(reach: Reach) {
    this.#reach = reach;
    this.#paths = new ToldPaths(reach);
  }

  isWhereToldTo({ node, functionName }: Site): boolean {
    const saver = Object.hasOwn(savers, node.op) ? savers[node.op] : undefined;
    if (saver === undefined) return false;
    const allowed =
      functionName === undefined
        ? this.#isRunOnlyBy([node.name], saver.half)
        : this.#mayHold(functionName, saver.half);
    return (
      allowed && node.inputs.slice(0, saver.paths).every((path) => this.#paths.isTold(path, functionName))
    );
  }

  #mayHold(functionName: string, half: Half): boolean {
    const key = `${half} ${functionName}`;
    const known = this.#allowed.get(key) ?? this.#isFunctionOf(half, functionName);
    this.#allowed.set(key, known);
    return known;
  }

  /** Whether a function, and all that call it, run for one half of the saver only. */
  #isFunctionOf(half: Half, functionName: string): boolean {
    const { model } = this.#reach;
    const callers = this.#reach.callersOf(functionName);
    const named = model.callables.some(({ concreteFunction }) => callers.has(concreteFunction.functionName));
    if (named || mayBeRunOtherwise(model, callers)) return false;
    const sites = [...callers].flatMap((name) => this.#reach.callSitesOf(name));
    return this.#isRunOnlyBy(
      sites.filter(({ scope }) => scope === undefined).map(({ node }) => node.name),
      half,
    );
  }

  /** Whether these nodes of the main graph run for one half of the saver, and for nothing else that anybody runs. */
  #isRunOnlyBy(nodes: readonly string[], half: Half): boolean {
    const { saver, graphNodes } = this.#reach.model;
    const own = this.#reach.upstreamOf(saver[half]);
    const other = this.#reach.upstreamOf(saver[half === 'save' ? 'restore' : 'save']);
    const isOwn = (name: string) =>
      own.has(name) &&
      !other.has(name) &&
      !this.#reach.isServed(name) &&
      this.#reach.consumersOf(name).every((user) => own.has(user.name));
    const takesPath = graphNodes.get(saver.filename)?.op.startsWith('Placeholder') === true;
    return nodes.length > 0 && takesPath && nodes.every(isOwn);
  }
}
