import type { Flow } from '../flow/flow.js';
import type { SymbolicTensor } from '../flow/symbolic-tensor.js';
import { walkBack } from '../flow/walk.js';
import { factsOf } from '../ops/catalogue.js';
import { randomnessOf } from './random.js';

/**
 * How many operations behind a value draw random numbers; infinity where the graph cannot be followed. What a random
 * operation is seeded with is not looked into.
 */
export function randomSources(flow: Flow, value: SymbolicTensor): number {
  const found = new Set<string>();
  let unseen = false;
  walkBack(flow, [value], (origin) => {
    if (origin.kind === 'unknown') unseen = true;
    if (origin.kind !== 'result') return [];
    const { node, callSite } = origin.operation;
    const facts = factsOf(node.op);
    const random = randomnessOf(node);
    if (facts === undefined || facts.units === 'unknown' || random?.by === 'unseen') unseen = true;
    if (random === undefined) return flow.inputsOf(origin.operation);
    found.add(`${callSite.id} ${node.name}`);
    return [];
  });
  return unseen ? Number.POSITIVE_INFINITY : found.size;
}
