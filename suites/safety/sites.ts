import { calleesOf } from '../../harness/graph/reachable.js';
import type { GraphNode, SavedModel } from '../../harness/savedmodel/saved-model.js';
import type { Body } from './dangers.js';
import type { Reach } from './reach.js';
import { saverNodes } from './saver.js';

/** An operation that something can run. */
export type Site = {
  readonly node: GraphNode;
  readonly body: Body;
  /** The function that it stands in; undefined in the main graph. */
  readonly functionName?: string;
  readonly root: Root;
};

/** What leads to an operation. */
export type Root =
  /** A function of an object, by its Python path: `__call__`, `words._initialize`. */
  | { readonly kind: 'object'; readonly path: string }
  | { readonly kind: 'gradient'; readonly type: string }
  /** A function that nothing in the files calls: TensorFlow's optimizer may put it in the place of another that it implements, too. */
  | { readonly kind: 'library' }
  /** The graph around all functions, which TensorFlow Serving and tfjs-node run. */
  | { readonly kind: 'main-graph' }
  /** What saves and restores the variables, which every SavedModel carries. */
  | { readonly kind: 'saver' };

/**
 * Every operation that the model can run, once: of all its methods, signatures and losses, of the functions that fill its
 * tables, of its custom gradients, of the main graph, and of functions that nothing calls. Each is attributed to its most
 * direct root.
 */
export function sitesOf(reach: Reach): readonly Site[] {
  const { model } = reach;
  const saver = saverNodes(reach);
  const [ofSaver, others] = partition([...model.graphNodes.values()], ({ name }) => saver.has(name));
  const visited = new Set<string>();
  return [
    ...rootFunctions(model).flatMap(([name, root]) => sitesIn(model, [name], root, visited)),
    ...mainSites(model, others, { kind: 'main-graph' }, visited),
    ...mainSites(model, ofSaver, { kind: 'saver' }, visited),
    ...sitesIn(model, [...model.functions.keys()], { kind: 'library' }, visited),
  ];
}

/** Functions with their roots, those on the root object first. */
function rootFunctions({ callables, customGradients }: SavedModel): readonly (readonly [string, Root])[] {
  const depth = (path: string) => path.split('.').length;
  const called = [...callables]
    .sort((a, b) => depth(a.path) - depth(b.path))
    .map(({ path, concreteFunction }): [string, Root] => [
      concreteFunction.functionName,
      { kind: 'object', path },
    ]);
  const gradients = [...customGradients].map(([type, name]): [string, Root] => [
    name,
    { kind: 'gradient', type },
  ]);
  return [...called, ...gradients];
}

function mainSites(
  model: SavedModel,
  nodes: readonly GraphNode[],
  root: Root,
  visited: Set<string>,
): readonly Site[] {
  const body = { nodes };
  const own = nodes.filter(({ op }) => !model.functions.has(op)).map((node): Site => ({ node, body, root }));
  return [...own, ...sitesIn(model, nodes.flatMap(calleesOf), root, visited)];
}

/** Operations of functions and of those that they call, without functions that were visited before. */
function sitesIn(
  model: SavedModel,
  names: readonly string[],
  root: Root,
  visited: Set<string>,
): readonly Site[] {
  const sites: Site[] = [];
  const queue = new Set(names.filter((name) => !visited.has(name)));
  for (const functionName of queue) {
    visited.add(functionName);
    const body = model.functions.get(functionName);
    for (const node of body?.nodes ?? []) {
      if (body && !model.functions.has(node.op)) sites.push({ node, body, functionName, root });
      for (const callee of calleesOf(node)) if (!visited.has(callee)) queue.add(callee);
    }
  }
  return sites;
}

function partition<T>(
  items: readonly T[],
  first: (item: T) => boolean,
): readonly [readonly T[], readonly T[]] {
  return [items.filter(first), items.filter((item) => !first(item))];
}
