import { calleesOf } from '../../harness/graph/reachable.js';
import type { GraphNode, SavedModel } from '../../harness/savedmodel/saved-model.js';

/** All that can run a function, directly or through others. */
export type Runners = {
  /** Functions that call it, with itself. */
  readonly functions: ReadonlySet<string>;
  /** Nodes of the main graph that call one of them. */
  readonly nodes: readonly GraphNode[];
};

export function runnersOf(model: SavedModel, functionName: string): Runners {
  const functions = new Set([functionName]);
  // A function that is added is visited as well.
  for (const name of functions)
    for (const { name: caller, nodes } of model.functions.values())
      if (nodes.some((node) => calleesOf(node).includes(name))) functions.add(caller);
  const nodes = [...model.graphNodes.values()].filter((node) =>
    calleesOf(node).some((callee) => functions.has(callee)),
  );
  return { functions, nodes };
}

/**
 * Whether TensorFlow may run one of these functions in another way than the graph says: an object or a gradient names it, or the
 * optimizer may put it in the place of another that it implements, too.
 */
export function mayBeRunOtherwise(model: SavedModel, functions: ReadonlySet<string>): boolean {
  const named = [
    ...model.callables.map(({ concreteFunction }) => concreteFunction.functionName),
    ...model.customGradients.values(),
    ...model.functionGradients,
  ];
  return named.some((name) => functions.has(name)) || mayBeSwapped(model, functions);
}

export function mayBeSwapped({ functions: library }: SavedModel, functions: ReadonlySet<string>): boolean {
  return [...functions].some((name) => {
    const bytes = library.get(name)?.bytes;
    return bytes !== undefined && Buffer.from(bytes).includes('api_implements');
  });
}

/** The nodes of the main graph that run when this one does. */
export function upstreamOf({ graphNodes }: SavedModel, name: string): ReadonlySet<string> {
  const names = new Set(name === '' ? [] : [name]);
  for (const one of names) for (const input of graphNodes.get(one)?.inputs ?? []) names.add(nodeOf(input));
  return names;
}

/** `node` of `node`, `node:1` or `^node`. */
export function nodeOf(input: string): string {
  return input.replace(/^\^/, '').split(':')[0] ?? '';
}
