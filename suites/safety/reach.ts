import { calleesOf } from '../../harness/graph/reachable.js';
import { nodeOf } from '../../harness/savedmodel/node-of.js';
import type { GraphNode, LibraryFunction, SavedModel } from '../../harness/savedmodel/saved-model.js';

/** A function; undefined is the main graph. */
export type Scope = LibraryFunction | undefined;

/** A node that calls a function, and where it stands. */
export type CallSite = { readonly node: GraphNode; readonly scope: Scope };

/** What in a model can run what. Everything is found out once, as a stranger's graph may be large. */
export class Reach {
  readonly model: SavedModel;
  readonly #callSites = new Map<string, CallSite[]>();
  readonly #consumers = new Map<string, GraphNode[]>();
  readonly #handles = new Map<string, number>();
  readonly #nodes = new Map<Scope, ReadonlyMap<string, GraphNode>>();
  readonly #upstream = new Map<string, ReadonlySet<string>>();
  #served: ReadonlySet<string> | undefined;

  constructor(model: SavedModel) {
    this.model = model;
    for (const scope of [undefined, ...model.functions.values()]) this.#note(scope);
    for (const node of model.graphNodes.values())
      for (const input of new Set(node.inputs.map(nodeOf))) added(this.#consumers, input, node);
  }

  callSitesOf(functionName: string): readonly CallSite[] {
    return this.#callSites.get(functionName) ?? [];
  }

  /** The nodes of the main graph that take what this one gives, or wait for it. */
  consumersOf(name: string): readonly GraphNode[] {
    return this.#consumers.get(name) ?? [];
  }

  /** How many nodes anywhere make a handle of the variable of this name. */
  handlesOf(variable: string): number {
    return this.#handles.get(variable) ?? 0;
  }

  nodeIn(scope: Scope, name: string): GraphNode | undefined {
    if (scope === undefined) return this.model.graphNodes.get(name);
    const nodes = this.#nodes.get(scope) ?? new Map(scope.nodes.map((node) => [node.name, node]));
    this.#nodes.set(scope, nodes);
    return nodes.get(name);
  }

  /** The functions that run this one when they run, with itself. */
  callersOf(functionName: string): ReadonlySet<string> {
    const functions = new Set([functionName]);
    // A function that is added is visited as well.
    for (const name of functions)
      for (const { scope } of this.callSitesOf(name)) if (scope !== undefined) functions.add(scope.name);
    return functions;
  }

  /** The nodes of the main graph that run when this one does. */
  upstreamOf(name: string): ReadonlySet<string> {
    const known = this.#upstream.get(name) ?? this.#leadingTo([name]);
    this.#upstream.set(name, known);
    return known;
  }

  /** Whether a node of the main graph runs with what signatures and collections name. */
  isServed(name: string): boolean {
    this.#served ??= this.#leadingTo(this.model.served);
    return this.#served.has(name);
  }

  #leadingTo(ends: readonly string[]): ReadonlySet<string> {
    const names = new Set(ends.filter((name) => name !== ''));
    for (const one of names)
      for (const input of this.model.graphNodes.get(one)?.inputs ?? []) names.add(nodeOf(input));
    return names;
  }

  #note(scope: Scope): void {
    for (const node of scope?.nodes ?? this.model.graphNodes.values()) {
      for (const callee of new Set(calleesOf(node))) added(this.#callSites, callee, { node, scope });
      if (node.op === 'VarHandleOp')
        this.#handles.set(variableOf(node), this.handlesOf(variableOf(node)) + 1);
    }
  }
}

/** The name of the variable that a node makes a handle of: handles of one name are of one variable. */
export function variableOf({ name, attributes }: GraphNode): string {
  const shared = attributes.get('shared_name');
  return shared?.kind === 'string' && shared.value !== '' ? shared.value : name;
}

/**
 * Whether TensorFlow may run one of these functions in another way than the graph says: a gradient names it, or the optimizer may put
 * it in the place of another that it implements, too.
 */
export function mayBeRunOtherwise(model: SavedModel, functions: ReadonlySet<string>): boolean {
  const gradients = [...model.customGradients.values(), ...model.functionGradients];
  return (
    gradients.some((name) => functions.has(name)) ||
    [...functions].some((name) => mayBeSwapped(model.functions.get(name)))
  );
}

function mayBeSwapped(definition: LibraryFunction | undefined): boolean {
  return definition !== undefined && Buffer.from(definition.bytes).includes('api_implements');
}

function added<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
