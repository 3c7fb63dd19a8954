import type { Checkpoint } from '../checkpoint/checkpoint.js';
import type { AssetFileDef } from '../gen/saved_model_pb.js';
import type { ObjectGraph } from '../object-graph.js';
import { childOf, nodeAt, nodeText } from '../object-graph.js';
import type { ConcreteFunction, GraphNode, Resource } from '../saved-model.js';
import { endpointAt } from './endpoint.js';
import { tableContents } from './table-contents.js';

/** Where captured objects are looked up. */
export type ResourceSource = {
  readonly objects: ObjectGraph;
  readonly checkpoint: Checkpoint;
  readonly assets: readonly AssetFileDef[];
  readonly graphNodes: ReadonlyMap<string, GraphNode>;
  readonly paths: ReadonlyMap<number, string>;
};

/** Every captured object that is not a variable, by node id. */
export function resourcesOf(source: ResourceSource): ReadonlyMap<number, Resource> {
  const captured = new Set(
    [...source.objects.concreteFunctions.values()].flatMap(({ captures }) => captures),
  );
  const others = [...captured].filter((nodeId) => nodeAt(source.objects, nodeId).kind.case !== 'variable');
  return new Map(others.sort((a, b) => a - b).map((nodeId) => [nodeId, resourceAt(source, nodeId)]));
}

function resourceAt(source: ResourceSource, nodeId: number): Resource {
  const { kind } = nodeAt(source.objects, nodeId);
  switch (kind.case) {
    case 'constant':
      return constant(source, nodeId, kind.value.operation);
    case 'asset':
      return asset(source, nodeId, kind.value.assetFileDefIndex);
    default:
      return created(source, nodeId);
  }
}

function constant({ graphNodes }: ResourceSource, nodeId: number, operation: string): Resource {
  const op = graphNodes.get(operation)?.op;
  if (op === 'Const') return { kind: 'constant', nodeId, graphNode: operation };
  const what = op === undefined ? 'which the graph does not have' : `which is a ${op}`;
  return { kind: 'unsupported', nodeId, what: `a constant held by the operation ${operation}, ${what}` };
}

function asset({ assets }: ResourceSource, nodeId: number, index: number): Resource {
  const file = assets[index]?.filename;
  if (file !== undefined) return { kind: 'asset', nodeId, file: assetPath(file) };
  return { kind: 'unsupported', nodeId, what: `asset ${index} of ${assets.length}, which is not listed` };
}

/** Where an asset lies in the model's folder, by the name that is stored for it. */
export function assetPath(filename: string): string {
  return `assets/${filename}`;
}

/** Like TensorFlow's loader: made by calling `_create_resource`, then filled by calling `_initialize`. */
function created(source: ResourceSource, nodeId: number): Resource {
  const node = nodeAt(source.objects, nodeId);
  const path = source.paths.get(nodeId) ?? '';
  const create = onlyConcreteFunction(source.objects, nodeId, '_create_resource');
  if (create === undefined) return { kind: 'unsupported', nodeId, what: nodeText(node) };
  if (Object.keys(node.saveableObjects).length > 0) {
    const contents = tableContents(source.objects, source.checkpoint, nodeId);
    if (contents) return { kind: 'created', nodeId, create, path, contents };
    return { kind: 'unsupported', nodeId, what: `${path}, a resource whose content is in the checkpoint` };
  }
  const initialize = onlyConcreteFunction(source.objects, nodeId, '_initialize');
  return { kind: 'created', nodeId, create, path, ...(initialize === undefined ? {} : { initialize }) };
}

function onlyConcreteFunction(
  graph: ObjectGraph,
  nodeId: number,
  method: string,
): ConcreteFunction | undefined {
  const child = childOf(nodeAt(graph, nodeId), method);
  return child === undefined ? undefined : endpointAt(graph, child, method)?.concreteFunctions[0];
}
