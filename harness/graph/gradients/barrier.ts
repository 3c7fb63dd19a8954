import type { SavedModel, Variable } from '../../savedmodel/saved-model.js';
import type { Flow } from '../flow/flow.js';
import { operationText } from '../flow/operation-text.js';
import type { SymbolicTensor } from '../flow/symbolic-tensor.js';
import { inputsBehind, walkBack, withDeciders } from '../flow/walk.js';
import { factsOf } from '../ops/catalogue.js';
import { mayCarryGradient } from './differentiable.js';
import { type Barrier, type Reached, whyStopped } from './gradient-walk.js';

/** The barrier that keeps gradients from a variable, the most deliberate one; undefined where no path of gradients has one. */
export function barrierBefore(flow: Flow, { barriers }: Reached, variable: Variable): Barrier | undefined {
  return deliberate(flow, barriers, variable);
}

/**
 * The operation that makes of a variable what no gradient belongs to, such as a comparison by which values are chosen;
 * undefined when the output does not depend on the variable.
 */
export function barrierAside(
  flow: Flow,
  output: SymbolicTensor,
  variable: Variable,
  { customGradients }: Pick<SavedModel, 'customGradients'>,
): Barrier | undefined {
  const barriers: Barrier[] = [];
  walkBack(flow, withDeciders(flow, output), (origin) => {
    if (origin.kind !== 'result') return [];
    const { operation } = origin;
    const inputs = flow.inputsOf(operation);
    const why = whyStopped(origin, customGradients);
    const before = inputs.filter((_, at) => mayCarryGradient(operation.node, at));
    if (why !== undefined) barriers.push({ operation, why, before });
    return inputs.flatMap((input) => withDeciders(flow, input));
  });
  return deliberate(flow, barriers, variable);
}

function deliberate(flow: Flow, barriers: readonly Barrier[], { nodeId }: Variable): Barrier | undefined {
  return [...barriers]
    .sort((a, b) => rank(a) - rank(b))
    .find(({ before }) => inputsBehind(flow, before).captures.has(nodeId));
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
