import type { SlotVariableReference, TrackableObjectGraph } from '../gen/trackable_pb.js';
import type { ObjectGraph } from '../object-graph.js';
import { nodeAt } from '../object-graph.js';

/**
 * The object of the checkpoint for each object of the model, by node ids. Both graphs are walked side by side
 * from their roots by the names of attributes, never by names of variables, as two variables may share one.
 */
export function checkpointNodes(
  graph: ObjectGraph,
  objects: TrackableObjectGraph,
): ReadonlyMap<number, number> {
  const pairs: Pairs = { saved: new Map([[0, 0]]), nodes: new Map([[0, 0]]) };
  for (const [savedId, nodeId] of pairs.nodes) {
    const children = new Map(nodeAt(graph, nodeId).children.map((child) => [child.localName, child.nodeId]));
    for (const { localName, nodeId: saved } of objects.nodes[savedId]?.children ?? []) {
      pair(pairs, children.get(localName), saved);
    }
  }
  for (const [nodeId, savedId] of [...pairs.saved]) {
    const slots = nodeAt(graph, nodeId).slotVariables;
    pairSlots(pairs, slots, objects.nodes[savedId]?.slotVariables ?? []);
  }
  return pairs.saved;
}

/** For each object of the model the one of the checkpoint, and the other way round. */
type Pairs = { readonly saved: Map<number, number>; readonly nodes: Map<number, number> };

/**
 * The first path to an object counts, on both sides: Python gives what is saved to one object only. A Map that grows
 * while it is iterated over makes the walk breadth-first.
 */
function pair({ saved, nodes }: Pairs, nodeId: number | undefined, savedId: number): void {
  if (nodeId === undefined || nodes.has(savedId)) return;
  nodes.set(savedId, nodeId);
  if (!saved.has(nodeId)) saved.set(nodeId, savedId);
}

/** An optimizer's slots belong to no attribute: they are identified by their variable and their name. */
function pairSlots(
  pairs: Pairs,
  slots: readonly SlotVariableReference[],
  saved: readonly SlotVariableReference[],
): void {
  const savedSlots = new Map(
    saved.map((slot) => [`${slot.originalVariableNodeId} ${slot.slotName}`, slot.slotVariableNodeId]),
  );
  for (const { originalVariableNodeId, slotName, slotVariableNodeId } of slots) {
    const savedSlot = savedSlots.get(`${pairs.saved.get(originalVariableNodeId)} ${slotName}`);
    if (savedSlot !== undefined) pair(pairs, slotVariableNodeId, savedSlot);
  }
}
