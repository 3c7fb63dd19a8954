import { storedNumbers } from '../../savedmodel/checkpoint/stored-numbers.js';
import type { ConcreteFunction, SavedModel } from '../../savedmodel/saved-model.js';
import { Bounds } from '../bounds/bounds.js';
import { type Squash, squashOf } from '../bounds/squash.js';
import type { Numbers, Value } from '../bounds/value.js';
import { capturedConstant, numbersOf } from '../flow/constant.js';
import { Flow } from '../flow/flow.js';
import type { Operation } from '../flow/symbolic-tensor.js';
import type { ImagesArgument } from '../shapes/graph.js';
import { ShapedGraph } from '../shapes/shaped-graph.js';

/** How the scores that a concrete function gives are bound. */
export type ScoreBounds = {
  /** What squashes them; a branch, or some of the columns, may be squashed and others not. */
  readonly squashed: readonly SquashedScores[];
  /** Some are not squashed. */
  readonly free: boolean;
  /** Where the values come from stored numbers alone, all of them from 0 to 1: from which to which. */
  readonly stored?: readonly [low: number, high: number] | undefined;
  /** The operation that hides how the scores come about, or why the graph could not be followed. */
  readonly opaque?: string | undefined;
};

/** `trail`: the operations that the scores went through since they were free. */
export type SquashedScores = Squash & { readonly trail: readonly Operation[] };

/** Reads the bounds of one output off the files. Throws FlowTooLarge. */
export async function scoreBounds(
  model: SavedModel,
  concreteFunction: ConcreteFunction,
  images: ImagesArgument,
  output: number,
): Promise<ScoreBounds> {
  const flow = new Flow(model, concreteFunction);
  const scores = flow.outputs[output];
  if (scores === undefined) return { squashed: [], free: false, opaque: 'there is no such output' };
  const graph = new ShapedGraph(flow, images, model);
  const stored = new Map<number, Numbers | undefined>();
  for (;;) {
    const wanted = new Set<number>();
    const values = new Bounds(graph, (nodeId) => {
      const constant = capturedConstant(nodeId, model);
      if (constant !== undefined) return numbersOf(constant);
      if (!stored.has(nodeId)) wanted.add(nodeId);
      return stored.get(nodeId);
    }).of(scores);
    const bounds = summaryOf(values);
    if (wanted.size === 0) return bounds;
    for (const [nodeId, numbers] of await variableNumbers(model, wanted)) stored.set(nodeId, numbers);
  }
}

function summaryOf(values: readonly Value[]): ScoreBounds {
  const varying = values.filter(({ varies }) => varies);
  const judged = varying.map((value) => ({ value, squash: squashOf(value) }));
  return {
    squashed: judged.flatMap(({ value, squash }) => (squash ? [{ ...squash, trail: value.trail }] : [])),
    free: judged.some(({ squash }) => squash === undefined),
    stored: varying.length === 1 ? sharesStored(judged[0]) : undefined,
    opaque: judged.find(({ squash, value }) => squash === undefined && value.opaque !== undefined)?.value
      .opaque,
  };
}

/** Shares that a table holds, as the leaves of trees do; logits have both signs. */
function sharesStored(
  judged: { readonly value: Value; readonly squash: Squash | undefined } | undefined,
): readonly [number, number] | undefined {
  if (judged === undefined || judged.squash) return undefined;
  const { low, high } = judged.value;
  const isRead = low.cause?.kind === 'plain' && high.cause?.kind === 'plain';
  return isRead && low.at >= 0 && high.at <= 1 && high.at - low.at >= 0.5 ? [low.at, high.at] : undefined;
}

/** Numbers of captured variables, from the checkpoint; undefined for those that it does not hold. */
async function variableNumbers(
  { folder, variables }: SavedModel,
  nodeIds: ReadonlySet<number>,
): Promise<ReadonlyMap<number, Numbers | undefined>> {
  const keyed = variables.flatMap(({ nodeId, checkpointKey, stored }) =>
    nodeIds.has(nodeId) && checkpointKey !== undefined
      ? [{ nodeId, checkpointKey, shape: stored?.shape ?? [] }]
      : [],
  );
  const numbers = await storedNumbers(
    folder,
    keyed.map(({ checkpointKey }) => checkpointKey),
  );
  const found = new Map<number, Numbers | undefined>([...nodeIds].map((nodeId) => [nodeId, undefined]));
  for (const { nodeId, checkpointKey, shape } of keyed) {
    const values = numbers.get(checkpointKey);
    if (values !== undefined) found.set(nodeId, { shape, values });
  }
  return found;
}
