import type { Checkpoint } from '../checkpoint/checkpoint.js';
import { checkpointNodes } from '../checkpoint/checkpoint-nodes.js';
import { storedNumbers } from '../checkpoint/stored-numbers.js';
import { dtypeName } from '../dtypes.js';
import type { SavedVariable } from '../gen/object_graph_pb.js';
import type { ObjectGraph } from '../object-graph.js';
import type { Variable } from '../saved-model.js';
import { shapeOf } from '../shape.js';

/** Every variable of the object graph, in the order of its nodes, with what the checkpoint has for it. */
export function variablesOf(
  graph: ObjectGraph,
  paths: ReadonlyMap<number, string>,
  checkpoint: Checkpoint,
): readonly Variable[] {
  const keys = keysOf(graph, checkpoint);
  return graph.nodes.flatMap(({ kind }, nodeId) => {
    if (kind.case !== 'variable') return [];
    return [{ ...described(kind.value, nodeId, paths), ...storedUnder(keys.get(nodeId), checkpoint) }];
  });
}

/** The same variables, with what those hold that are a single number: a call may compare something with it. */
export async function withNumbers(
  folder: string,
  variables: readonly Variable[],
): Promise<readonly Variable[]> {
  const keys = variables.flatMap(({ checkpointKey, stored }) =>
    checkpointKey !== undefined && stored?.shape.length === 0 ? [checkpointKey] : [],
  );
  const numbers = await storedNumbers(folder, keys, bytesOfOne);
  return variables.map((variable) => {
    const [number] = Array.from(numbers.get(variable.checkpointKey ?? '') ?? []);
    return number === undefined ? variable : { ...variable, number };
  });
}

/** Of one float64 or int64. */
const bytesOfOne = 8;

function described(
  { name, dtype, shape, trainable }: SavedVariable,
  nodeId: number,
  paths: ReadonlyMap<number, string>,
) {
  return {
    nodeId,
    name,
    path: paths.get(nodeId) ?? name,
    dtype: dtypeName(dtype),
    shape: shapeOf(shape),
    trainable,
  };
}

function storedUnder(
  key: string | undefined,
  { entries }: Checkpoint,
): Pick<Variable, 'checkpointKey' | 'stored'> {
  const entry = key === undefined ? undefined : entries.get(key);
  if (key === undefined || entry === undefined || !entry.present) return {};
  return { checkpointKey: key, stored: { dtype: entry.dtype, shape: entry.shape } };
}

/** Checkpoint keys of variables by node id. */
function keysOf(graph: ObjectGraph, { objects }: Checkpoint): ReadonlyMap<number, string> {
  if (objects === undefined) return new Map();
  const pairs = [...checkpointNodes(graph, objects)].map(([nodeId, saved]) => {
    const attribute = objects.nodes[saved]?.attributes.find(({ name }) => name === 'VARIABLE_VALUE');
    return [nodeId, attribute?.checkpointKey ?? ''] as const;
  });
  return new Map(pairs.filter(([, key]) => key !== ''));
}
