import type { Checkpoint } from '../checkpoint/checkpoint.js';
import { checkpointNodes } from '../checkpoint/checkpoint-nodes.js';
import type { ObjectGraph } from '../object-graph.js';
import type { StoredTensor, TableContents } from '../saved-model.js';

/**
 * What the checkpoint holds of a mutable lookup table; undefined where it holds something else, or nothing. TensorFlow
 * saves two tensors under its key followed by `-keys` and `-values` (tensorflow/python/ops/lookup_ops.py).
 */
export function tableContents(
  graph: ObjectGraph,
  checkpoint: Checkpoint,
  nodeId: number,
): TableContents | undefined {
  const { objects } = checkpoint;
  const saved = objects && checkpointNodes(graph, objects).get(nodeId);
  const attributes = (saved !== undefined && objects?.nodes[saved]?.attributes) || [];
  const [attribute] = attributes;
  if (attribute === undefined || attributes.length > 1) return undefined;
  const stored = (ending: string): StoredTensor | undefined => {
    const checkpointKey = `${attribute.checkpointKey}${ending}`;
    const entry = checkpoint.entries.get(checkpointKey);
    return entry?.present ? { checkpointKey, dtype: entry.dtype, shape: entry.shape } : undefined;
  };
  const [keys, values] = [stored('-keys'), stored('-values')];
  return keys && values ? { keys, values } : undefined;
}
