import { create, toBinary } from '@bufbuild/protobuf';
import { GraphDefSchema } from '../../savedmodel/gen/graph_pb.js';
import { MetaGraphDefSchema, SavedModelSchema } from '../../savedmodel/gen/saved_model_pb.js';
import type { ConcreteFunction, SavedModel } from '../../savedmodel/saved-model.js';
import type { Captures } from './captures.js';
import { reachableLibrary } from './library.js';
import { encodeNode, type Node } from './nodes.js';

/** The bytes of a `saved_model.pb` with these nodes, what the concrete functions capture, and the functions that they reach. */
export function encodeGraph(
  model: SavedModel,
  nodes: readonly Node[],
  captures: Captures,
  concreteFunctions: readonly ConcreteFunction[],
): Uint8Array {
  const copied = [...captures.copied].flatMap((name) => model.graphNodes.get(name)?.bytes ?? []);
  const graph = create(GraphDefSchema, {
    node: [...copied, ...nodes.map(encodeNode)],
    library: reachableLibrary(model, concreteFunctions),
    versions: model.graphVersions,
  });
  return servable(toBinary(GraphDefSchema, graph));
}

/** The bytes of a `saved_model.pb` around a GraphDef. */
export function servable(graphDef: Uint8Array): Uint8Array {
  const metaGraph = create(MetaGraphDefSchema, { metaInfoDef: { tags: ['serve'] }, graphDef });
  const metaGraphs = [toBinary(MetaGraphDefSchema, metaGraph)];
  return toBinary(SavedModelSchema, create(SavedModelSchema, { savedModelSchemaVersion: 1n, metaGraphs }));
}
