import type { Operation, SymbolicTensor } from '../flow/symbolic-tensor.js';
import { walkBack } from '../flow/walk.js';
import type { Graph } from '../shapes/graph.js';

/** Whether an operation gives something else from call to call. With a constant seed it gives the same each time. */
export function isRandom(graph: Graph, operation: Operation): boolean {
  const randomness = randomnessOf(operation.node.op);
  if (randomness?.kind !== 'by-seed') return randomness !== undefined;
  const inputs = graph.flow.inputsOf(operation);
  return randomness.seeds.some((at) => varies(graph, inputs.slice(at, at + 1)));
}

/** How an operation is random; undefined when it is not. */
export function randomnessOf(op: string): Randomness | undefined {
  if (stateful.has(op)) return { kind: 'each-run' };
  const seeds = stateless[op];
  return seeds && { kind: 'by-seed', seeds };
}

type Randomness =
  | { readonly kind: 'each-run' }
  /** The positions of the inputs that the seed is made of. */
  | { readonly kind: 'by-seed'; readonly seeds: readonly number[] };

/** Whether values can differ from call to call: they come from variables, arguments or other random operations. */
function varies(graph: Graph, seeds: readonly SymbolicTensor[]): boolean {
  let found = false;
  walkBack(graph.flow, seeds, (origin) => {
    if (origin.kind !== 'result') {
      found ||= origin.kind !== 'capture' || !graph.isConstant(origin.nodeId);
      return [];
    }
    const { op } = origin.operation.node;
    found ||= stateful.has(op);
    return shapeOnly.has(op) ? [] : graph.flow.inputsOf(origin.operation);
  });
  return found;
}

const shapeOnly: ReadonlySet<string> = new Set('OnesLike Rank Shape ShapeN Size ZerosLike'.match(/\w+/g));

/** They hand on the values they are given, in another order. */
export const shuffles: ReadonlySet<string> = new Set(['RandomShuffle', 'StatelessShuffle']);

/** TensorFlow's operations that give something else each time they run. */
const stateful: ReadonlySet<string> = new Set(
  `AllCandidateSampler FixedUnigramCandidateSampler LearnedUnigramCandidateSampler LogUniformCandidateSampler Multinomial
  ParameterizedTruncatedNormal RandomCrop RandomGamma RandomPoisson RandomPoissonV2 RandomShuffle RandomStandardNormal
  RandomUniform RandomUniformInt RiscRandomUniform RngReadAndSkip SampleDistortedBoundingBox SampleDistortedBoundingBoxV2
  StatefulRandomBinomial StatefulStandardNormal StatefulStandardNormalV2 StatefulTruncatedNormal StatefulUniform
  StatefulUniformFullInt StatefulUniformInt ThreadUnsafeUnigramCandidateSampler Timestamp TruncatedNormal
  UniformCandidateSampler`.match(/\w+/g),
);

/** Those that give the same for the same seed, with the positions of the inputs that the seed is made of. */
const stateless: Readonly<Record<string, readonly number[]>> = {
  RandomIndexShuffle: [1],
  StatelessMultinomial: [2],
  StatelessParameterizedTruncatedNormal: [1],
  StatelessRandomBinomial: [1],
  StatelessRandomGammaV2: [1],
  StatelessRandomGammaV3: [1, 2],
  StatelessRandomGetKeyCounter: [0],
  StatelessRandomGetKeyCounterAlg: [0],
  StatelessRandomNormal: [1],
  StatelessRandomNormalV2: [1, 2],
  StatelessRandomPoisson: [1],
  StatelessRandomUniform: [1],
  StatelessRandomUniformFullInt: [1],
  StatelessRandomUniformFullIntV2: [1, 2],
  StatelessRandomUniformInt: [1],
  StatelessRandomUniformIntV2: [1, 2],
  StatelessRandomUniformV2: [1, 2],
  StatelessSampleDistortedBoundingBox: [3],
  StatelessShuffle: [1, 2],
  StatelessTruncatedNormal: [1],
  StatelessTruncatedNormalV2: [1, 2],
  XlaRngBitGenerator: [1],
};
