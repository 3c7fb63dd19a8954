import type { Cut } from './cuts.js';
import { allFinite } from './reduce-bools.js';

/** Whether what an operation gives is finite. */
export function watchCut({ flat: { node, name }, outputs }: Cut, base: string) {
  return outputs
    .filter(({ dtype }) => hasNumbers(dtype))
    .map(({ reference, dtype }, at) => ({
      nodes: allFinite(`${base}/${at}`, reference, dtype),
      cut: { op: node.op, name: originalName(name), fetch: `${base}/${at}` },
    }));
}

/** The operation's name in the model, without its place in the flat graph. */
export function originalName(name: string): string {
  return name.replace(/^assay\/flat\/(call|loss\/\d+)\//, '');
}

/** Whether a dtype has numbers to differentiate. */
export function hasNumbers(dtype: string): boolean {
  return /^(b?float|u?int)\d/.test(dtype);
}
