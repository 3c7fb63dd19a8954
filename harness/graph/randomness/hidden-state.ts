import type { ConcreteFunction, GraphNode, SavedModel } from '../../savedmodel/saved-model.js';
import { factsOf } from '../ops/catalogue.js';
import type { StateKind } from '../ops/operation-facts.js';
import { endsWithRun, reachableFunctions } from '../reachable.js';
import { randomnessOf } from './random.js';
import { isOpaque, mayDraw } from './unseen.js';

/**
 * Whether what a call gives may hang on earlier calls in the same process by anything but the model's variables: a
 * seeded generator of TensorFlow's own, a table or queue that is written to, code that cannot be looked into.
 */
export function hasHiddenState(
  model: Pick<SavedModel, 'functions'>,
  concreteFunction: ConcreteFunction,
): boolean {
  return reachableFunctions(model, [concreteFunction]).some(({ nodes }) =>
    nodes.some((node) => !model.functions.has(node.op) && hidesState(node)),
  );
}

function hidesState(node: GraphNode): boolean {
  const facts = factsOf(node.op);
  if (!facts) return true;
  const kinds = [...(facts.makes ?? []), ...(facts.writes ?? []).filter((kind) => !kept.has(kind))];
  if (kinds.some((kind) => !endsWithRun.has(kind))) return true;
  const by = randomnessOf(node)?.by;
  if (by === 'clock' || (by === 'kernel' && isSeeded(node))) return true;
  return isOpaque(node) && (by !== 'unseen' || mayDraw(node));
}

/** What the model's variables hold, which each call finds restored. */
const kept: ReadonlySet<StateKind> = new Set<StateKind>(['generator', 'variable']);

/** Whether a random operation gives the same series in each process, from its first run on. */
function isSeeded({ attributes }: GraphNode): boolean {
  return ['seed', 'seed2'].some((name) => {
    const seed = attributes.get(name);
    return seed?.kind === 'int' && seed.value !== 0n;
  });
}
