import type { Flow } from '../flow/flow.js';
import { walkBack } from '../flow/walk.js';
import { factsOf } from '../ops/catalogue.js';
import type { Result } from './graph.js';

/** Whether a value stands for tensors that it holds, as lists and arrays do: its own shape says nothing of theirs. */
export function holdsTensors(flow: Flow, { operation, output, index }: Result): boolean {
  let found = false;
  walkBack(
    flow,
    [{ callSite: operation.callSite, reference: `${operation.node.name}:${output}:${index}` }],
    (at) => {
      if (at.kind !== 'result') return [];
      const { op } = at.operation.node;
      found ||= /^Tensor(Array|List|Map)/.test(op) && /handle|flow/.test(at.output);
      return factsOf(op)?.units === 'same' ? flow.inputsOf(at.operation) : [];
    },
  );
  return found;
}
