import type { GraphNode } from '../../savedmodel/saved-model.js';
import { factsOf } from '../ops/catalogue.js';
import { moduleOf, outsideOf } from '../stablehlo/jax.js';
import type { StableHloModule } from '../stablehlo/module.js';
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
  const module = moduleOf(node);
  if (module === undefined) return true;
  return (
    [...module.operations].some((name) => /\.rng_v\d+$/.test(name)) ||
    outsideOf(module) !== undefined ||
    callsTensorFlow(module)
  );
}

function callsTensorFlow({ targets }: StableHloModule): boolean {
  return targets.has('tf.call_tf_function');
}
