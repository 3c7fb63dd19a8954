import type { GraphNode } from '../../savedmodel/saved-model.js';
import { factsOf } from '../ops/catalogue.js';
import { randomnessOf } from './random.js';

/** Whether an operation runs code that the graph does not show: a compiled module, an engine, an operation of others. */
export function isOpaque({ op }: GraphNode): boolean {
  const facts = factsOf(op);
  return (
    facts === undefined ||
    facts.random?.by === 'unseen' ||
    !!facts.outside?.some(({ does }) => does === 'opaque')
  );
}

/**
 * Whether an opaque operation may draw random numbers of its own. A StableHLO module, as JAX exports it, gives the same
 * for the same inputs unless one of its operations is `rng`, or it calls functions of TensorFlow.
 */
export function mayDraw(node: GraphNode): boolean {
  if (randomnessOf(node)?.by !== 'unseen') return false;
  const module = node.op === 'XlaCallModule' ? node.attributes.get('module') : undefined;
  if (module?.kind !== 'string') return true;
  const functions = node.attributes.get('function_list');
  return /rng_v\d/.test(module.value) || (functions?.kind === 'list' && functions.items.length > 0);
}
