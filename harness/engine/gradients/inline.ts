import { outputPlace } from '../../graph/ops/output-place.js';
import type { GraphNode, LibraryFunction, SavedModel } from '../../savedmodel/saved-model.js';
import { madeNode } from './made-node.js';

/** An operation of a flat graph: the original's, under a name and with inputs of the flat graph. */
export type FlatNode = {
  readonly node: GraphNode;
  readonly name: string;
  readonly inputs: readonly string[];
};

/** A call that cannot be written out as a flat graph. */
export class CannotInline extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'CannotInline';
  }
}

export type Inlined = {
  readonly nodes: readonly FlatNode[];
  /** One per result of the function. */
  readonly outputs: readonly string[];
};

type Library = Pick<SavedModel, 'functions'>;

/** One run of a function inside the flat graph. */
type Site = {
  readonly body: LibraryFunction;
  readonly prefix: string;
  readonly nodes: ReadonlyMap<string, GraphNode>;
  /** The reference that stands for an argument. */
  readonly argument: (at: number) => string;
  readonly callers: ReadonlySet<LibraryFunction>;
  /** Control inputs that everything in it waits for. */
  readonly after: readonly string[];
  readonly sites: Map<string, Site>;
};

/** Operations of a flat graph, at most. */
const maxNodes = 200_000;

/**
 * Writes a function out with every call in it replaced by what it runs. Branches and loops stay operations.
 * @throws CannotInline
 */
export function inlineCalls(
  { functions }: Library,
  functionName: string,
  inputs: readonly string[],
  prefix: string,
): Inlined {
  return new Inliner(functions).inline(functionName, inputs, prefix);
}

class Inliner {
  readonly #functions: Library['functions'];
  readonly #nodes: FlatNode[] = [];

  constructor(functions: Library['functions']) {
    this.#functions = functions;
  }

  inline(functionName: string, inputs: readonly string[], prefix: string): Inlined {
    const argument = (at: number) => inputs[at] ?? '';
    const site = this.#site(functionName, { prefix, argument, callers: new Set(), after: [] });
    this.#emit(site);
    return { nodes: this.#nodes, outputs: site.body.outputs.map((_, at) => this.#returned(site, at)) };
  }

  #site(functionName: string, place: Pick<Site, 'prefix' | 'argument' | 'callers' | 'after'>): Site {
    const body = this.#functions.get(functionName);
    if (body === undefined) throw new CannotInline(`the library has no function ${functionName}`);
    if (place.callers.has(body)) throw new CannotInline(`the function ${functionName} calls itself`);
    const nodes = new Map(body.nodes.map((node) => [node.name, node]));
    return { ...place, body, nodes, callers: new Set([...place.callers, body]), sites: new Map() };
  }

  #emit(site: Site): void {
    for (const node of site.body.nodes) {
      if (this.#called(node) !== undefined) this.#emitCall(site, node);
      else this.#add(node, `${site.prefix}/${node.name}`, [...this.#inputsOf(site, node), ...site.after]);
    }
  }

  /** The operations of the call, and one that waits for all of them, for those that wait for the call. */
  #emitCall(site: Site, node: GraphNode): void {
    const callee = this.#callee(site, node);
    const before = this.#nodes.length;
    this.#emit(callee);
    const waited = this.#nodes.slice(before).map(({ name }) => `^${name}`);
    this.#add(madeNode('NoOp'), `${callee.prefix}/done`, waited);
  }

  #add(node: GraphNode, name: string, inputs: readonly string[]): void {
    if (this.#nodes.length >= maxNodes)
      throw new CannotInline(`the call has more than ${maxNodes} operations`);
    this.#nodes.push({ node, name, inputs });
  }

  #callee(site: Site, node: GraphNode): Site {
    const known = site.sites.get(node.name);
    if (known !== undefined) return known;
    const values = node.inputs.filter((input) => !input.startsWith('^'));
    const callee = this.#site(this.#called(node) ?? '', {
      prefix: `${site.prefix}/${node.name}`,
      argument: (at) => this.#resolve(site, values[at] ?? ''),
      callers: site.callers,
      after: [...site.after, ...this.#controlsOf(site, node)],
    });
    site.sites.set(node.name, callee);
    return callee;
  }

  #inputsOf(site: Site, node: GraphNode): readonly string[] {
    const values = node.inputs.filter((input) => !input.startsWith('^'));
    return [...values.map((input) => this.#resolve(site, input)), ...this.#controlsOf(site, node)];
  }

  #controlsOf(site: Site, node: GraphNode): readonly string[] {
    const waited = node.inputs.filter((input) => input.startsWith('^')).map((input) => input.slice(1));
    return waited.flatMap((name) => {
      const other = site.nodes.get(name);
      if (other === undefined) return [];
      return [`^${site.prefix}/${name}${this.#called(other) === undefined ? '' : '/done'}`];
    });
  }

  #resolve(site: Site, reference: string): string {
    const [name = '', output, index = '0'] = reference.split(':');
    if (output === undefined) return site.argument(site.body.inputs.findIndex((one) => one.name === name));
    const node = site.nodes.get(name);
    if (node === undefined) throw new CannotInline(`${site.body.name} has no operation ${name}`);
    if (this.#called(node) !== undefined) {
      const callee = this.#callee(site, node);
      const named = callee.body.name === node.op;
      const at = named ? callee.body.outputs.findIndex((one) => one.name === output) : Number(index);
      return this.#returned(callee, at);
    }
    const place = outputPlace(node, output);
    if (place === undefined)
      throw new CannotInline(`this TensorFlow has no operation ${node.op} with an output ${output}`);
    return `${site.prefix}/${name}:${place + Number(index)}`;
  }

  #returned(site: Site, at: number): string {
    const name = site.body.outputs[at]?.name ?? '';
    const reference = site.body.returns.get(name);
    if (reference === undefined) throw new CannotInline(`${site.body.name} does not return ${name}`);
    return this.#resolve(site, reference);
  }

  /** The function that an operation calls; undefined for an operation of TensorFlow's own. */
  #called({ op, attributes }: GraphNode): string | undefined {
    if (this.#functions.has(op)) return op;
    if (op !== 'PartitionedCall' && op !== 'StatefulPartitionedCall') return undefined;
    const f = attributes.get('f');
    return f?.kind === 'function' ? f.name : undefined;
  }
}
