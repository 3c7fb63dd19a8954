import type { GraphNode } from '../../savedmodel/saved-model.js';
import type { Operation, SymbolicTensor } from '../flow/symbolic-tensor.js';
import { walkBack } from '../flow/walk.js';
import { positionOf } from '../ops/arguments.js';
import { factsOf } from '../ops/catalogue.js';
import { conditionHolds } from '../ops/condition.js';
import type { Random } from '../ops/operation-facts.js';
import type { Graph } from '../shapes/graph.js';

/**
 * Whether an operation gives something else from call to call. With a constant seed it gives the same each time. What
 * happens unseen is not counted. `changes`: whether a captured variable may have another value in the next call.
 */
export function isRandom(
  graph: Graph,
  operation: Operation,
  changes = (nodeId: number) => !graph.isConstant(nodeId),
): boolean {
  const { by, seeds = [] } = randomnessOf(operation.node) ?? {};
  if (by !== 'seed') return by !== undefined && by !== 'unseen';
  const inputs = graph.inputsOf(operation);
  const { takes = '' } = factsOf(operation.node.op) ?? {};
  const tensors = seeds.flatMap((seed) => inputs[positionOf(takes, seed) ?? -1] ?? []);
  return varies(graph, tensors, changes);
}

/** How an operation is random, as its attributes have it; undefined when it is not. */
export function randomnessOf(node: GraphNode): Random | undefined {
  const facts = factsOf(node.op);
  const unless = facts?.random?.unless;
  return unless && conditionHolds(unless, facts, node) ? undefined : facts?.random;
}

/** Whether values can differ from call to call: they come from variables, arguments or other random operations. */
function varies(
  graph: Graph,
  seeds: readonly SymbolicTensor[],
  changes: (nodeId: number) => boolean,
): boolean {
  let found = false;
  walkBack(graph.flow, seeds, (origin) => {
    if (origin.kind !== 'result') {
      found ||= origin.kind !== 'capture' || changes(origin.nodeId);
      return [];
    }
    const { node } = origin.operation;
    const by = randomnessOf(node)?.by;
    found ||= by !== undefined && by !== 'seed';
    return factsOf(node.op)?.units === 'shape-only' ? [] : graph.flow.inputsOf(origin.operation);
  });
  return found;
}

/** Whether an operation randomly chooses which of its input values to pass on, and where. */
export function rearranges(node: GraphNode): boolean {
  const units = factsOf(node.op)?.units;
  return (units === 'reshapes' || units === 'keeps') && randomnessOf(node) !== undefined;
}
