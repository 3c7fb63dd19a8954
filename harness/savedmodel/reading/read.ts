import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readCheckpoint } from '../checkpoint/checkpoint.js';
import { decode } from '../decode.js';
import { GraphDefSchema } from '../gen/graph_pb.js';
import type { MetaGraphDef } from '../gen/saved_model_pb.js';
import { nodeOf } from '../node-of.js';
import type { ObjectGraph } from '../object-graph.js';
import { childOf, nodeAt, objectGraphOf } from '../object-graph.js';
import type { Callable, Endpoint, SavedModel } from '../saved-model.js';
import { requireAssets } from './assets.js';
import { endpointAt } from './endpoint.js';
import { customGradientsOf, functionGradientsOf, graphNodeOf, libraryOf } from './library.js';
import { metaGraphOf } from './meta-graph.js';
import { requireOnce } from './once.js';
import { pathsOf } from './paths.js';
import { readProto } from './proto-file.js';
import { withTensorsOfPruned } from './pruned.js';
import { requirePythonStructures } from './python-structures.js';
import { assetPath, resourcesOf } from './resource.js';
import { lossesListed, variablesListed } from './root-list.js';
import { variablesOf, withNumbers } from './variable.js';

/**
 * Reads the SavedModel in a folder, without TensorFlow and without the values of its variables but for single numbers.
 * Throws NotASavedModel, saying what the folder is instead and what to do.
 */
export async function readSavedModel(folder: string): Promise<SavedModel> {
  const path = resolve(folder);
  const metaGraph = metaGraphOf(await readProto(path), existsSync(join(path, 'tfhub_module.pb')));
  const stored = objectGraphOf(metaGraph.objectGraphDef);
  requirePythonStructures(stored);
  requireAssets(path, metaGraph);
  const checkpoint = await readCheckpoint(path);
  const graph = graphOf(metaGraph);
  const objects = withTensorsOfPruned(stored, graph.functions);
  const paths = pathsOf(objects);
  return {
    folder: path,
    tensorflowVersion: metaGraph.metaInfoDef?.tensorflowVersion ?? '',
    rootNames: nodeAt(objects, 0).children.map(({ localName }) => localName),
    methods: endpointsOf(objects, 0),
    signatures: endpointsOf(objects, childOf(nodeAt(objects, 0), 'signatures')),
    variables: await withNumbers(path, variablesOf(objects, paths, checkpoint)),
    ...listsOf(objects),
    resources: resourcesOf({
      objects,
      checkpoint,
      assets: metaGraph.assetFileDef,
      graphNodes: graph.graphNodes,
      paths,
    }),
    assets: metaGraph.assetFileDef.map(({ filename }) => assetPath(filename)),
    callables: callablesOf(objects, paths),
    saver: saverOf(metaGraph),
    served: servedBy(metaGraph),
    assetNodes: metaGraph.assetFileDef.map(({ tensorInfo }) => nodeOf(tensorInfo?.name)),
    ...graph,
    notes: checkpoint.problems,
  };
}

function endpointsOf(objects: ObjectGraph, nodeId: number | undefined): ReadonlyMap<string, Endpoint> {
  const children = nodeId === undefined ? [] : nodeAt(objects, nodeId).children;
  const endpoints = children.map((child) => endpointAt(objects, child.nodeId, child.localName));
  return new Map(
    endpoints.flatMap((endpoint) => (endpoint === undefined ? [] : [[endpoint.name, endpoint]])),
  );
}

function listsOf(
  objects: ObjectGraph,
): Pick<SavedModel, 'listedVariables' | 'trainableVariables' | 'losses'> {
  const listedVariables = variablesListed(objects, 'variables');
  const trainableVariables = variablesListed(objects, 'trainable_variables');
  const losses = lossesListed(objects);
  return {
    ...(listedVariables && { listedVariables }),
    ...(trainableVariables && { trainableVariables }),
    ...(losses && { losses }),
  };
}

/** Functions of all objects, their methods and those that make and fill resources alike. */
function callablesOf(objects: ObjectGraph, paths: ReadonlyMap<number, string>): readonly Callable[] {
  const held = [...paths].flatMap(([nodeId, path]) =>
    (endpointAt(objects, nodeId, path)?.concreteFunctions ?? []).map((concreteFunction) => ({
      path,
      concreteFunction,
    })),
  );
  const names = new Set(held.map(({ concreteFunction }) => concreteFunction.functionName));
  const loose = [...objects.concreteFunctions.values()].filter(
    ({ functionName }) => !names.has(functionName),
  );
  return [
    ...held,
    ...loose.map((concreteFunction) => ({ path: concreteFunction.functionName, concreteFunction })),
  ];
}

function saverOf({ saverDef }: MetaGraphDef): SavedModel['saver'] {
  const { filenameTensorName, saveTensorName, restoreOpName } = saverDef ?? {};
  return {
    filename: nodeOf(filenameTensorName),
    save: nodeOf(saveTensorName),
    restore: nodeOf(restoreOpName),
  };
}

function servedBy({ signatureDef, collectionDef }: MetaGraphDef): readonly string[] {
  const tensors = Object.values(signatureDef).flatMap(({ inputs, outputs }) =>
    [...Object.values(inputs), ...Object.values(outputs)].map(({ name }) => name),
  );
  const collected = Object.values(collectionDef).flatMap(({ nodeList }) => nodeList?.value ?? []);
  return [...tensors, ...collected].map(nodeOf);
}

type Graph = Pick<
  SavedModel,
  'functions' | 'customGradients' | 'functionGradients' | 'graphNodes' | 'libraryBytes' | 'graphVersions'
>;

function graphOf({ graphDef }: MetaGraphDef): Graph {
  const { node, library, versions } = decode(GraphDefSchema, graphDef, 'its graph');
  requireOnce(graphDef, [2, 4], 'its graph');
  return {
    functions: libraryOf(library),
    customGradients: customGradientsOf(library),
    functionGradients: functionGradientsOf(library),
    graphNodes: new Map(node.map(graphNodeOf).map((made) => [made.name, made])),
    libraryBytes: library,
    graphVersions: { producer: versions?.producer ?? 0, minConsumer: versions?.minConsumer ?? 0 },
  };
}
