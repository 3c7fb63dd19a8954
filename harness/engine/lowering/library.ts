import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { reachableFunctions, withInitialisers } from '../../graph/reachable.js';
import { FunctionDefLibrarySchema, FunctionDefSchema, NodeDefSchema } from '../../savedmodel/gen/graph_pb.js';
import type { ConcreteFunction, LibraryFunction, SavedModel } from '../../savedmodel/saved-model.js';

/**
 * The encoded library of the functions that these concrete functions reach, so that the session loads no layer of a Keras
 * model that nobody calls. Each function's own bytes pass through.
 */
export function reachableLibrary(
  model: SavedModel,
  concreteFunctions: readonly ConcreteFunction[],
): Uint8Array {
  const functions = reachableFunctions(model, withInitialisers(model, concreteFunctions));
  return toBinary(
    FunctionDefLibrarySchema,
    create(FunctionDefLibrarySchema, { function: functions.map(onCpu) }),
  );
}

const elsewhere = /device:(?!CPU)|\/(gpu|tpu):/i;

/** Devices other than the CPU are struck out, as `hub.load` does by placing softly. */
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
