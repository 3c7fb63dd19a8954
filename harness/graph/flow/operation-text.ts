import type { Operation } from './symbolic-tensor.js';

/** `Mul (dropout/Mul in __inference_call_12)` */
export function operationText({ node, callSite }: Operation): string {
  return `${node.op} (${node.name} in ${callSite.body.name})`;
}
