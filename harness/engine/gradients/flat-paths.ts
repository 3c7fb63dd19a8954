import { carriesGradient } from '../../graph/gradients/differentiable.js';
import { factsOf } from '../../graph/ops/catalogue.js';
import type { Variable } from '../../savedmodel/saved-model.js';
import type { Reads } from './flat-call.js';
import type { FlatNode } from './inline.js';

/** The path of a gradient through a flat graph. */
export type GradientPath = {
  /** Operations on its way from the outputs back to a variable. */
  readonly operations: readonly FlatNode[];
  /** The variables that it reaches. */
  readonly variables: readonly Variable[];
  /** Those of `ends` that it reaches. */
  readonly ends: readonly FlatNode[];
};

/** The path of the gradient of outputs back to the reads of these variables, and to other operations where it ends. */
export function gradientPath(
  nodes: readonly FlatNode[],
  outputs: readonly string[],
  reads: Reads,
  ends: readonly FlatNode[] = [],
): GradientPath {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const behind = reachedBack(byName, outputs);
  const users = usersOf(behind);
  const reached = new Set([...reads.values(), ...ends.map(({ name }) => name)]);
  for (const name of reached) for (const user of users.get(name) ?? []) reached.add(user);
  const variables = [...reads].flatMap(([variable, name]) => (users.has(name) ? [variable] : []));
  return {
    operations: behind.filter(({ name }) => reached.has(name)),
    variables,
    ends: ends.filter(({ name }) => users.has(name)),
  };
}

/** The name of the operation that a reference is a result of. */
export function nodeNameOf(reference: string): string {
  return reference.replace(/:\d+$/, '');
}

function reachedBack(byName: ReadonlyMap<string, FlatNode>, outputs: readonly string[]): readonly FlatNode[] {
  const names = new Set(outputs.map(nodeNameOf));
  const found: FlatNode[] = [];
  for (const name of names) {
    const flat = byName.get(name);
    if (flat === undefined || !differentiable(flat)) continue;
    found.push(flat);
    for (const input of carrying(flat)) names.add(nodeNameOf(input));
  }
  return found;
}

function usersOf(nodes: readonly FlatNode[]): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  for (const flat of nodes)
    for (const input of carrying(flat)) {
      const name = nodeNameOf(input);
      users.set(name, [...(users.get(name) ?? []), flat.name]);
    }
  return users;
}

/** The inputs that get a gradient from an operation. */
export function carrying({ node, inputs }: FlatNode): readonly string[] {
  return inputs.filter((input, at) => !input.startsWith('^') && carriesGradient(node, at));
}

function differentiable({ node: { op } }: FlatNode): boolean {
  const gradient = factsOf(op)?.gradient;
  return typeof gradient === 'object' && gradient.length > 0;
}
