import type { Operation, SymbolicTensor } from '../flow/symbolic-tensor.js';
import { walkBack, withDeciders } from '../flow/walk.js';
import { capturedBy, writesIn } from '../flow/writes.js';
import { factsOf } from '../ops/catalogue.js';
import { type Graph, operationKey } from '../shapes/graph.js';
import { ChangingState } from './changing-state.js';
import { isRandom, randomnessOf } from './random.js';

/**
 * How many operations behind a value draw random numbers, or read state that each call makes anew, as generators that
 * are written by hand do; infinity where the graph cannot be followed. Those with a seed that stays the same do not count.
 * Throws FlowTooLarge.
 */
export function randomSources(graph: Graph, value: SymbolicTensor): number {
  const found = new Set<string>();
  let unseen = false;
  const state = new ChangingState(graph);
  const written = new Set(writesIn(graph.flow).flatMap((operation) => capturedBy(graph.flow, operation)));
  const isFixed = (operation: Operation) =>
    randomnessOf(operation.node)?.by === 'seed' &&
    !isRandom(graph, operation, (nodeId) => written.has(nodeId));
  const following = (tensor: SymbolicTensor) => withDeciders(graph.flow, tensor);
  walkBack(graph.flow, following(value), (origin) => {
    if (origin.kind === 'unknown') unseen = true;
    if (origin.kind !== 'result') return [];
    const { operation } = origin;
    const { node } = operation;
    const facts = factsOf(node.op);
    const random = randomnessOf(node);
    if (facts === undefined || facts.units === 'unknown' || random?.by === 'unseen') unseen = true;
    if (isFixed(operation) || (random === undefined && state.changeRead(operation) === undefined))
      return graph.flow.inputsOf(operation).flatMap(following);
    found.add(operationKey(operation));
    return [];
  });
  return unseen ? Number.POSITIVE_INFINITY : found.size;
}
