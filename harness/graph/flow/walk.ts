import type { GraphNode } from '../../savedmodel/saved-model.js';
import type { Flow } from './flow.js';
import { keyOf } from './flow.js';
import type { Origin, SymbolicTensor } from './symbolic-tensor.js';

/**
 * Walks back from values to their origins. `follow` gets every origin once and returns the values to continue
 * with: usually some of the inputs of a result's operation, none where the walk should stop.
 */
export function walkBack(
  flow: Flow,
  from: readonly SymbolicTensor[],
  follow: (origin: Origin) => readonly SymbolicTensor[],
): void {
  const queue = [...from];
  const seenTensors = new Set<string>();
  const seenOrigins = new Set<string>();
  for (const tensor of queue) {
    if (isNew(seenTensors, keyOf(tensor)))
      for (const origin of flow.originsOf(tensor))
        if (isNew(seenOrigins, originKey(origin))) queue.push(...follow(origin));
  }
}

/** A value, with what decides between the branches that give it. */
export function withDeciders(flow: Flow, tensor: SymbolicTensor): readonly SymbolicTensor[] {
  return [tensor, ...flow.choicesOf(tensor).map(({ decider }) => decider)];
}

/** The dependencies of values outside the concrete function: node ids of captured objects, positions of its arguments. */
export type Behind = { readonly captures: ReadonlySet<number>; readonly arguments: ReadonlySet<number> };

/** Everything that values depend on. The walk stops at operations that `ends` names. */
export function inputsBehind(
  flow: Flow,
  from: readonly SymbolicTensor[],
  ends: (node: GraphNode) => boolean = () => false,
): Behind {
  const captures = new Set<number>();
  const given = new Set<number>();
  walkBack(flow, from, (origin) => {
    if (origin.kind === 'capture') captures.add(origin.nodeId);
    if (origin.kind === 'argument') given.add(origin.at);
    return origin.kind !== 'result' || ends(origin.operation.node) ? [] : flow.inputsOf(origin.operation);
  });
  return { captures, arguments: given };
}

/** The same text for the same origin. */
export function originKey(origin: Origin): string {
  switch (origin.kind) {
    case 'result': {
      const { callSite, node } = origin.operation;
      return `${callSite.id} ${node.name}:${origin.output}:${origin.index}`;
    }
    case 'argument':
      return `argument ${origin.at}`;
    case 'capture':
      return `capture ${origin.nodeId}`;
    case 'unknown':
      return origin.why;
  }
}

function isNew(seen: Set<string>, key: string): boolean {
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}
