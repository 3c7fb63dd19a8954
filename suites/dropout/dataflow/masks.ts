import { operationText } from '../../../harness/graph/flow/operation-text.js';
import type { Operation, SymbolicTensor } from '../../../harness/graph/flow/symbolic-tensor.js';
import { Dependence } from '../../../harness/graph/randomness/dependence.js';
import { type Graph, operationKey } from '../../../harness/graph/shapes/graph.js';
import type { Axes } from './axes.js';
import { Evaluation } from './evaluation.js';
import type { Context } from './plan.js';
import { isOfRows, pathOf, type Randomness, union } from './randomness.js';
import { masksOf, noiseOf, TooManyWays, type Value } from './unit-value.js';

/** A random value that drops or scales units of the output, or is added to them. */
export type Mask = {
  /** Some units and not others, or all units of an image at once. */
  readonly changes: 'units' | 'rows';
  /** From the random operation to the last one before the output. */
  readonly path: readonly Operation[];
  /** Index on the path at which randomness meets values from the images. */
  readonly meets: number;
};

export type Found = {
  readonly masks: readonly Mask[];
  /** Random operations that reach the output, and drop nothing of it. */
  readonly mixed: readonly Operation[];
  /** Operations that cannot be looked into, where something random goes into them or may come from them. */
  readonly opaque: readonly Operation[];
  /** Why something could not be decided. */
  readonly doubts: readonly string[];
};

/**
 * Looks for random masks and noise on an output; `fixed` are draws that count although they are the same in every call,
 * by `drawKey`. Throws FlowTooLarge.
 */
export function masksOn(graph: Graph, output: SymbolicTensor, fixed?: ReadonlySet<string>): Found {
  const dependence = new Dependence(graph, output, fixed);
  const { sources, unseen, unknown } = dependence;
  if (sources.length + unseen.length + unknown.size === 0)
    return { masks: [], mixed: [], opaque: [], doubts: [] };
  const doubts = new Set<string>();
  const opaque = new Map<string, Operation>();
  const value = composed(output, {
    graph,
    dependence,
    doubt: (why) => void doubts.add(why),
    ends: (operation) => void opaque.set(operationKey(operation), operation),
  });
  const found = [...union(masksOf(value), noiseOf(value)).values()];
  for (const one of found) if (one.reach === 'unclear') doubts.add(unclear(one));
  const masks = found.filter(({ reach }) => reach !== 'unclear').map((one) => maskOf(dependence, one));
  const masking = new Set(masks.map(({ path }) => path[0] && operationKey(path[0])));
  const mixed = sources.filter((operation) => !masking.has(operationKey(operation)));
  return { masks, mixed, opaque: [...opaque.values()], doubts: [...doubts] };
}

function composed(output: SymbolicTensor, context: Context): Value {
  const oneColumn = context.graph.shapeOf(output)?.at(-1) === 1;
  const axes: Axes = {
    units: oneColumn ? 'single' : [0],
    places: [],
    kernel: false,
    spectral: false,
    rounds: undefined,
  };
  try {
    return new Evaluation(context).valueOf({ tensor: output, axes, rank: undefined });
  } catch (error) {
    if (!(error instanceof TooManyWays)) throw error;
    context.doubt('its branches have too many combinations');
    return [];
  }
}

function maskOf(dependence: Dependence, randomness: Randomness): Mask {
  const path = pathOf(randomness);
  const meets = path.findIndex((operation) => dependence.ofOperation(operation).images);
  const changes = isOfRows(randomness) ? 'rows' : 'units';
  return { changes, path, meets: meets < 0 ? path.length - 1 : meets };
}

function unclear({ drawn: [first] }: Randomness): string {
  const what = first ? operationText(first) : 'something random';
  return `the shapes do not show whether ${what} is the same for all units`;
}
