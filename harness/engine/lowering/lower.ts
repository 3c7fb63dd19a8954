import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import { GraphDefSchema } from '../../savedmodel/gen/graph_pb.js';
import { MetaGraphDefSchema, SavedModelSchema } from '../../savedmodel/gen/saved_model_pb.js';
import type { SavedModel, Trace, Variable } from '../../savedmodel/saved-model.js';
import { type LoweredTrace, lowerCall } from './calls.js';
import { type Captures, capturesOf, UnsupportedCapture } from './captures.js';
import { libraryOf } from './library.js';
import { encodeNode, type Node } from './nodes.js';
import { lowerVariables } from './variables.js';

/** A session-ready SavedModel, written out, and the names of what can be fed and fetched. */
export type Lowered = {
  readonly folder: string;
  readonly traces: ReadonlyMap<Trace, LoweredTrace>;
  /** Traces that cannot be run here, and why. */
  readonly unsupported: ReadonlyMap<Trace, string>;
  readonly reset: string;
  readonly changed?: string;
  readonly compared: readonly Variable[];
};

/**
 * Writes a SavedModel into `folder` in which each of these traces can be fed and fetched by name, with every
 * variable of the original behind it. The original's functions are used as they are.
 */
export async function lower(model: SavedModel, traces: readonly Trace[], folder: string): Promise<Lowered> {
  const captures = capturesOf(model);
  const variables = lowerVariables(model);
  const { nodes, lowered, unsupported } = lowerTraces(model, traces, captures);
  await mkdir(folder, { recursive: true });
  const all = [...variables.nodes, ...captures.nodes, ...nodes];
  await writeFile(path.join(folder, 'saved_model.pb'), encode(model, all, captures, [...lowered.keys()]));
  const { reset, changed, compared } = variables;
  return {
    folder,
    traces: lowered,
    unsupported,
    reset,
    compared,
    ...(changed === undefined ? {} : { changed }),
  };
}

function lowerTraces(model: SavedModel, traces: readonly Trace[], captures: Captures) {
  const lowered = new Map<Trace, LoweredTrace>();
  const unsupported = new Map<Trace, string>();
  const nodes: Node[] = [];
  for (const [index, trace] of traces.entries()) {
    try {
      const made = lowerCall(model, trace, `assay/trace/${index}`, captures);
      nodes.push(...made.nodes);
      lowered.set(trace, made.lowered);
    } catch (error) {
      if (!(error instanceof UnsupportedCapture)) throw error;
      unsupported.set(trace, error.message);
    }
  }
  return { nodes, lowered, unsupported };
}

function encode(
  model: SavedModel,
  nodes: readonly Node[],
  captures: Captures,
  traces: readonly Trace[],
): Uint8Array {
  const copied = [...captures.copied].flatMap((name) => model.graphNodes.get(name)?.bytes ?? []);
  const graph = create(GraphDefSchema, {
    node: [...copied, ...nodes.map(encodeNode)],
    library: libraryOf(model, traces),
    versions: model.graphVersions,
  });
  const metaGraph = create(MetaGraphDefSchema, {
    metaInfoDef: { tags: ['serve'] },
    graphDef: toBinary(GraphDefSchema, graph),
  });
  return toBinary(
    SavedModelSchema,
    create(SavedModelSchema, {
      savedModelSchemaVersion: 1n,
      metaGraphs: [toBinary(MetaGraphDefSchema, metaGraph)],
    }),
  );
}
