import type { Variable } from '../../savedmodel/saved-model.js';
import type { Operation, SymbolicTensor } from '../flow/symbolic-tensor.js';
import { walkBack } from '../flow/walk.js';
import { capturedBy, writesIn } from '../flow/writes.js';
import { factsOf } from '../ops/catalogue.js';
import type { Graph } from '../shapes/graph.js';

/** How state goes on from call to call: monotonously, or so that it serves as a random number. */
export type Change = 'counts' | 'stirs';

/**
 * State that a call makes anew out of itself, as counters do, and generators of random numbers that are written by hand.
 * Moving averages are none: what the images give goes into them, or other weights.
 */
export class ChangingState {
  readonly #graph: Graph;
  readonly #changes: ReadonlyMap<number, Change>;

  /** @throws FlowTooLarge */
  constructor(graph: Graph) {
    this.#graph = graph;
    const updates = updatesIn(graph);
    const candidates = new Map(
      [...updates].filter(([nodeId, update]) => isOwn(graph.variable(nodeId), update)),
    );
    const hangsOnOthers = ([nodeId, { variables }]: readonly [number, Update]) =>
      !isInteger(graph.variable(nodeId)) && variables.some((other) => !candidates.has(other));
    let learning = [...candidates].find(hangsOnOthers);
    for (; learning !== undefined; learning = [...candidates].find(hangsOnOthers))
      candidates.delete(learning[0]);
    this.#changes = new Map(
      [...candidates].map(([nodeId, { stirs }]) => [nodeId, stirs ? 'stirs' : 'counts']),
    );
  }

  /** How the state goes on that an operation reads; undefined where it reads none that does. */
  changeRead(operation: Operation): Change | undefined {
    const { reads = [], writes = [] } = factsOf(operation.node.op) ?? {};
    if (reads.length === 0) return undefined;
    const handles = capturedBy(this.#graph.flow, operation);
    if (reads.some((kind) => kind !== 'variable' && kind !== 'generator' && writes.includes(kind)))
      return handles.length > 0 ? 'stirs' : undefined;
    return handles.map((nodeId) => this.#changes.get(nodeId)).find((change) => change !== undefined);
  }
}

/** Whether an operation makes of counting numbers what looks random: the rest of a division, bits, a sine. */
export function isStirring(op: string): boolean {
  return /^(Bitcast|Bitwise\w+|Cos|Floor(Div|Mod)?|Invert|LeftShift|Mod|RightShift|Roll|Sin|Tan|TruncateMod)$/.test(
    op,
  );
}

/** What a call makes some state of. */
type Update = {
  readonly ofImages: boolean;
  /** Variables that go into it, by node id. */
  readonly variables: readonly number[];
  readonly ops: ReadonlySet<string>;
  readonly stirs: boolean;
};

/** Whether state is made of itself, as far as one update tells; what is not a variable is a table, a queue … */
function isOwn(variable: Variable | undefined, { ofImages, ops, stirs }: Update): boolean {
  if (variable === undefined || isInteger(variable)) return true;
  const learns = [...ops].some((op) => factsOf(op)?.units === 'contracts');
  if (learns || (ofImages && !stirs)) return false;
  return !variable.trainable || [...ops].some(isStirring);
}

function isInteger(variable: Variable | undefined): boolean {
  return variable !== undefined && /^u?int/.test(variable.dtype);
}

function updatesIn(graph: Graph): ReadonlyMap<number, Update> {
  const updates = new Map<number, Update>();
  for (const operation of writesIn(graph.flow)) {
    const [, ...values] = graph.flow.inputsOf(operation);
    const update = updateOf(graph, values);
    for (const nodeId of capturedBy(graph.flow, operation))
      updates.set(nodeId, together(updates.get(nodeId) ?? update, update, isInteger(graph.variable(nodeId))));
  }
  return updates;
}

/** Past a layer nothing is looked for: what it gives is learned. */
function updateOf(graph: Graph, values: readonly SymbolicTensor[]): Update {
  const ops = new Set<string>();
  const variables: number[] = [];
  let ofImages = false;
  walkBack(graph.flow, values, (origin) => {
    ofImages ||= graph.isImages(origin);
    if (origin.kind === 'capture' && !graph.isConstant(origin.nodeId)) variables.push(origin.nodeId);
    if (origin.kind !== 'result') return [];
    const { op } = origin.operation.node;
    const mayBeOfImages = op === 'Mul' || isStirring(op);
    if (!mayBeOfImages || (!ops.has(op) && isOfState(graph, origin.operation))) ops.add(op);
    const units = factsOf(op)?.units;
    return units === 'shape-only' || units === 'contracts' ? [] : graph.flow.inputsOf(origin.operation);
  });
  return { ofImages, variables, ops, stirs: [...ops].some(isStirring) };
}

/** What is made of the images alone stirs nothing. The walk ends at the first variable. */
function isOfState(graph: Graph, operation: Operation): boolean {
  let found = false;
  walkBack(graph.flow, graph.flow.inputsOf(operation), (origin) => {
    found ||= origin.kind === 'capture' && !graph.isConstant(origin.nodeId);
    return found || origin.kind !== 'result' ? [] : graph.flow.inputsOf(origin.operation);
  });
  return found;
}

function together(one: Update, other: Update, ofIntegers: boolean): Update {
  const ops = new Set([...one.ops, ...other.ops]);
  return {
    ofImages: one.ofImages || other.ofImages,
    variables: [...one.variables, ...other.variables],
    ops,
    stirs: one.stirs || other.stirs || (ofIntegers && ops.has('Mul')),
  };
}
