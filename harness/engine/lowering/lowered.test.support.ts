import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromBinary } from '@bufbuild/protobuf';
import { GraphDefSchema, type NodeDef, NodeDefSchema } from '../../savedmodel/gen/graph_pb.js';
import { MetaGraphDefSchema, SavedModelSchema } from '../../savedmodel/gen/saved_model_pb.js';

/** The operations of a lowered SavedModel's graph. */
export async function nodesIn(folder: string): Promise<NodeDef[]> {
  const saved = fromBinary(SavedModelSchema, await readFile(join(folder, 'saved_model.pb')));
  const [metaGraph = new Uint8Array()] = saved.metaGraphs;
  const { graphDef } = fromBinary(MetaGraphDefSchema, metaGraph);
  return fromBinary(GraphDefSchema, graphDef).node.map((bytes) => fromBinary(NodeDefSchema, bytes));
}

/** The shapes of its placeholders. */
export async function placeholdersIn(folder: string): Promise<number[][]> {
  const placeholders = (await nodesIn(folder)).filter(({ op }) => op === 'Placeholder');
  return placeholders.map(({ attr }) => {
    const value = attr.shape?.value;
    return value?.case === 'shape' ? value.value.dim.map(({ size }) => Number(size)) : [];
  });
}
