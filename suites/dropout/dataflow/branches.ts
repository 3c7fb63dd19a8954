import { keyOf } from '../../../harness/graph/flow/flow.js';
import type { Choice, SymbolicTensor } from '../../../harness/graph/flow/symbolic-tensor.js';
import type { Graph } from '../../../harness/graph/shapes/graph.js';
import type { Value } from './unit-value.js';

/**
 * Whether options are made of the same layers' results, though not the same values: one is the other scaled, shifted or
 * put through an activation. `x + f(x)` and `x` are not, as stochastic depth has them.
 */
export function areVariants(graph: Graph, { options }: Choice, values: readonly Value[]): boolean {
  const plain = options.map((option) => passedOn(graph, option));
  return values.some((one, at) =>
    values
      .slice(at + 1)
      .some((other, after) => plain[at] !== plain[at + 1 + after] && haveSameTerms(one, other)),
  );
}

export function haveSameTerms(one: Value, other: Value): boolean {
  const names = new Set(one.map(termsText));
  return other.some((composition) => composition.terms.size > 0 && names.has(termsText(composition)));
}

function termsText({ terms }: Value[number]): string {
  return [...terms.keys()].sort().join(' + ');
}

/** Names the value that operations hand on as it is. */
function passedOn(graph: Graph, tensor: SymbolicTensor): string {
  const [origin, ...others] = graph.flow.originsOf(tensor);
  if (origin?.kind !== 'result' || others.length > 0) return keyOf(tensor);
  const { operation, index } = origin;
  const handsOn = /^(CheckNumerics|EnsureShape|Identity|IdentityN|PreventGradient|Snapshot|StopGradient)$/;
  const input = graph.inputsOf(operation)[index];
  return input !== undefined && handsOn.test(operation.node.op)
    ? passedOn(graph, input)
    : `${operation.callSite.id} ${operation.node.name} ${index}`;
}
