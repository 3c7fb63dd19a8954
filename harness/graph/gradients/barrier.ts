import type { Variable } from '../../savedmodel/saved-model.js';
import type { Flow } from '../flow/flow.js';
import { operationText } from '../flow/operation-text.js';
import { inputsBehind } from '../flow/walk.js';
import { factsOf } from '../ops/catalogue.js';
import type { Barrier, Reached } from './gradient-walk.js';

/** The barrier that keeps gradients from a variable, the most deliberate one; undefined when the output does not depend on it. */
export function barrierBefore(flow: Flow, { barriers }: Reached, variable: Variable): Barrier | undefined {
  return [...barriers]
    .sort((a, b) => rank(a) - rank(b))
    .find(({ before }) => inputsBehind(flow, before).captures.has(variable.nodeId));
}

/** A barrier as findings print it. */
export function barrierText({ operation, why }: Barrier): string {
  return `${operationText(operation)}: ${why}`;
}

/** Operations that only use a shape are rarely meant for training. */
function rank({ operation: { node } }: Barrier): number {
  if (node.op === 'StopGradient' || node.op === 'PreventGradient') return 0;
  return factsOf(node.op)?.units === 'shape-only' ? 2 : 1;
}
