import { concreteFunctionOf } from './concrete-function.js';
import { damaged, decode } from './decode.js';
import type { SavedConcreteFunction, SavedObject } from './gen/object_graph_pb.js';
import { SavedObjectGraphSchema } from './gen/object_graph_pb.js';
import type { ConcreteFunction } from './saved-model.js';

/** The saved objects: node 0 is the root, children are its attributes. Every id of a child or a capture is valid. */
export type ObjectGraph = {
  readonly nodes: readonly SavedObject[];
  /** Concrete functions by name. */
  readonly concreteFunctions: ReadonlyMap<string, ConcreteFunction>;
  /** The same, as they are stored. */
  readonly signatures: ReadonlyMap<string, SavedConcreteFunction>;
};

/** Throws NotASavedModel when the bytes are not an object graph, or a reference is dangling. */
export function objectGraphOf(bytes: Uint8Array): ObjectGraph {
  const { nodes, concreteFunctions } = decode(SavedObjectGraphSchema, bytes, 'its object graph');
  const named = Object.entries(concreteFunctions).map(
    ([name, stored]) => [name, concreteFunctionOf(name, stored)] as const,
  );
  const graph = {
    nodes,
    concreteFunctions: new Map(named),
    signatures: new Map(Object.entries(concreteFunctions)),
  };
  for (const { children } of nodes) for (const { nodeId } of children) nodeAt(graph, nodeId);
  for (const [, { captures }] of named) for (const nodeId of captures) nodeAt(graph, nodeId);
  return graph;
}

/** A node by its id; throws NotASavedModel when there is none. */
export function nodeAt(graph: ObjectGraph, nodeId: number): SavedObject {
  const node = graph.nodes[nodeId];
  if (node === undefined) throw damaged(`its object graph has no object ${nodeId}`);
  return node;
}

/** Id of the child with that name; the last one, as Python's attributes are set in order. */
export function childOf(node: SavedObject, name: string): number | undefined {
  return node.children.findLast((child) => child.localName === name)?.nodeId;
}

/** What an object is, in words for a message: `a function`, `a list`, `an object`. */
export function nodeText(node: SavedObject): string {
  const { kind } = node;
  switch (kind.case) {
    case 'userObject':
      return words[kind.value.identifier] ?? `an object (${kind.value.identifier || 'of unknown class'})`;
    case 'asset':
      return 'a file';
    case 'function':
      return 'a function';
    case 'bareConcreteFunction':
      return 'a concrete function';
    case 'variable':
      return `a variable (${kind.value.name})`;
    case 'constant':
      return 'a constant tensor';
    case 'resource':
      return 'a resource';
    case 'capturedTensor':
      return `the tensor ${kind.value.name} of the function ${kind.value.concreteFunction}`;
    case undefined:
      return node.registeredName === '' ? 'an object' : `an object (${node.registeredName})`;
  }
}

const words: Readonly<Record<string, string>> = {
  _generic_user_object: 'an object',
  trackable_list_wrapper: 'a list',
  trackable_tuple_wrapper: 'a tuple',
  trackable_dict_wrapper: 'a dict',
  signature_map: 'a map of signatures',
};
