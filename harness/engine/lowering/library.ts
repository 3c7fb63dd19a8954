import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { FunctionDefLibrarySchema, FunctionDefSchema, NodeDefSchema } from '../../savedmodel/gen/graph_pb.js';
import type { Attribute, GraphNode, LibraryFunction, SavedModel } from '../../savedmodel/saved-model.js';

/**
 * The encoded library of the functions that these reach, passed through untouched, so that the session
 * loads no layer of a Keras model that nobody calls. Devices other than the CPU are struck out, as
 * `hub.load` does by placing softly.
 */
export function libraryOf(model: SavedModel, roots: Iterable<string>): Uint8Array {
  const functions = [...reachableFunctions(model, roots)].map(onCpu);
  return toBinary(FunctionDefLibrarySchema, create(FunctionDefLibrarySchema, { function: functions }));
}

/** Functions that the named ones reach through their attributes, themselves included. */
export function reachableFunctions(model: SavedModel, roots: Iterable<string>): Set<LibraryFunction> {
  const reached = new Set<LibraryFunction>();
  const open = [...roots];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const definition = model.functions.get(name);
    if (!definition || reached.has(definition)) continue;
    reached.add(definition);
    for (const node of definition.nodes) open.push(...functionsNamedBy(node));
  }
  return reached;
}

function functionsNamedBy(node: GraphNode): string[] {
  return [...node.attributes.values()].flatMap(namesIn);
}

function namesIn(value: Attribute): string[] {
  if (value.kind === 'function') return [value.name];
  return value.kind === 'list' ? value.items.flatMap(namesIn) : [];
}

const elsewhere = /device:(?!CPU)|\/(gpu|tpu):/i;

function onCpu(definition: LibraryFunction): Uint8Array {
  if (!definition.nodes.some((node) => elsewhere.test(node.device))) return definition.bytes;
  const message = fromBinary(FunctionDefSchema, definition.bytes);
  message.nodeDef = message.nodeDef.map((bytes, index) =>
    elsewhere.test(definition.nodes[index]?.device ?? '') ? placeless(bytes) : bytes,
  );
  return toBinary(FunctionDefSchema, message);
}

function placeless(bytes: Uint8Array): Uint8Array {
  return toBinary(NodeDefSchema, { ...fromBinary(NodeDefSchema, bytes), device: '' });
}
