import { writesIn } from '../flow/writes.js';
import type { Graph } from './graph.js';
import { behind, hasShape } from './size-values.js';

/**
 * Whether a call writes how many images or pixels it was given to its state, a place that depends on it, or whole numbers that
 * it counts in the images: what builds up over large batches, and hardly over small ones. Throws FlowTooLarge.
 */
export function countsImages(graph: Graph): boolean {
  return writesIn(graph.flow).some((operation) => {
    const type = operation.node.attributes.get('dtype');
    const isWhole = type?.kind === 'type' && /^u?int/.test(type.value);
    return graph.flow
      .inputsOf(operation)
      .slice(1)
      .some((input) => {
        const { ops, ofImages } = behind(graph, [input]);
        return ofImages ? isWhole : hasShape(ops);
      });
  });
}
