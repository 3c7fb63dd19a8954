import type { Operation } from './tensor.js';

/** `Mul (dropout/Mul in __inference_call_12)` */
export function shownOperation({ node, frame }: Operation): string {
  return `${node.op} (${node.name} in ${frame.body.name})`;
}
