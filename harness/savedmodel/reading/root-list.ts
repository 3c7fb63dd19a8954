import type { ObjectGraph } from '../object-graph.js';
import { childOf, nodeAt, nodeText } from '../object-graph.js';
import type { Endpoint, ListItem, Loss } from '../saved-model.js';
import { endpointAt } from './endpoint.js';

/** The items of a list of the root, in order; undefined when the root has no such attribute. */
export function variablesListed(graph: ObjectGraph, attribute: string): readonly ListItem[] | undefined {
  return itemsOf(graph, attribute)?.map(({ nodeId, isItem }) => {
    const node = nodeAt(graph, nodeId);
    if (isItem && node.kind.case === 'variable') return { kind: 'variable', nodeId };
    return {
      kind: 'other',
      nodeId,
      what: isItem ? nodeText(node) : `${nodeText(node)} instead of a list`,
    };
  });
}

/** The items of the root's `regularization_losses`, in order; undefined when the root has no such attribute. */
export function lossesListed(graph: ObjectGraph): readonly Loss[] | undefined {
  return itemsOf(graph, 'regularization_losses')?.map(({ nodeId, isItem }, at) => {
    const endpoint = isItem ? callableAt(graph, nodeId, `regularization_losses[${at}]`) : undefined;
    if (endpoint !== undefined) return { kind: 'function', endpoint };
    const what = nodeText(nodeAt(graph, nodeId));
    return { kind: 'other', nodeId, what: isItem ? what : `${what} instead of a list` };
  });
}

/** A function, or an object that is called like one. */
function callableAt(graph: ObjectGraph, nodeId: number, name: string): Endpoint | undefined {
  const call = childOf(nodeAt(graph, nodeId), '__call__');
  const own = endpointAt(graph, nodeId, name);
  return own ?? (call === undefined ? undefined : endpointAt(graph, call, name));
}

type Item = { readonly nodeId: number; readonly isItem: boolean };

/** Children named 0, 1, … by number. An attribute that is no list stands for itself. */
function itemsOf(graph: ObjectGraph, attribute: string): readonly Item[] | undefined {
  const nodeId = childOf(nodeAt(graph, 0), attribute);
  if (nodeId === undefined) return undefined;
  const { kind, children } = nodeAt(graph, nodeId);
  if (kind.case !== 'userObject' || !sequences.has(kind.value.identifier)) return [{ nodeId, isItem: false }];
  return children
    .filter(({ localName }) => /^\d+$/.test(localName))
    .sort((a, b) => Number(a.localName) - Number(b.localName))
    .map((child) => ({ nodeId: child.nodeId, isItem: true }));
}

const sequences = new Set(['trackable_list_wrapper', 'trackable_tuple_wrapper']);
