import type { Cut } from './cuts.js';
import { originalName } from './original-name.js';
import { allFinite } from './reduce-bools.js';
import { hasNumbers } from './roots.js';

/** Whether what an operation gives is finite. */
export function watchCut({ flat: { node, name }, outputs }: Cut, base: string) {
  return outputs
    .filter(({ dtype }) => hasNumbers(dtype))
    .map(({ reference, dtype }, at) => ({
      nodes: allFinite(`${base}/${at}`, reference, dtype),
      cut: { op: node.op, name: originalName(name), fetch: `${base}/${at}` },
    }));
}
