import { graphNodeOf } from '../../savedmodel/reading/library.js';
import type { GraphNode } from '../../savedmodel/saved-model.js';
import { encodeNode, type Node } from '../lowering/nodes.js';

/** An operation that stands in the flat graph for one of the original. */
export function madeNode(op: string, attributes: Node['attributes'] = {}): GraphNode {
  return graphNodeOf(encodeNode({ name: op, op, attributes }));
}
