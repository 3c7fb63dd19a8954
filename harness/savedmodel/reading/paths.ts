import type { ObjectGraph } from '../object-graph.js';
import { nodeAt } from '../object-graph.js';

/**
 * The path of each object from the root, by node id, as it would be written in Python: `layers[3].kernel`.
 * The shortest one; through the lists of the contract or private names only where there is no other.
 */
export function pathsOf(graph: ObjectGraph): ReadonlyMap<number, string> {
  const paths = new Map([[0, '']]);
  for (const through of [isOwn, () => true]) walk(graph, paths, through);
  return paths;
}

function walk(graph: ObjectGraph, paths: Map<number, string>, through: (name: string) => boolean): void {
  const queue = [...paths.keys()];
  for (const nodeId of queue) {
    const path = paths.get(nodeId) ?? '';
    for (const child of nodeAt(graph, nodeId).children) {
      if (paths.has(child.nodeId) || !through(child.localName)) continue;
      paths.set(child.nodeId, join(path, child.localName));
      queue.push(child.nodeId);
    }
  }
}

/** An attribute that the author wrote, rather than one that Keras or the contract adds. */
function isOwn(name: string): boolean {
  return !name.startsWith('_') && !added.has(name);
}

const added = new Set([
  'variables',
  'trainable_variables',
  'non_trainable_variables',
  'all_variables',
  'regularization_losses',
  'keras_api',
  'signatures',
]);

function join(path: string, name: string): string {
  if (/^\d+$/.test(name)) return `${path}[${name}]`;
  return path === '' ? name : `${path}.${name}`;
}
