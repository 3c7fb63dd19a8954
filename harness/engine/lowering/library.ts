import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  AttrValueSchema,
  FunctionDefLibrarySchema,
  FunctionDefSchema,
  NodeDefSchema,
} from '../../savedmodel/gen/graph_pb.js';
import { reachableFunctions, withInitialisers } from '../../savedmodel/reachable.js';
import type { LibraryFunction, SavedModel, Trace } from '../../savedmodel/saved-model.js';

/**
 * The encoded library of the functions that these traces reach, so that the session loads no layer of a Keras
 * model that nobody calls. Each function's own bytes pass through; what is added keeps TensorFlow's graph
 * optimiser away from them, because it mends faults that `hub.load` reports (docs/decisions/0002).
 */
export function libraryOf(model: SavedModel, traces: readonly Trace[]): Uint8Array {
  const functions = reachableFunctions(model, withInitialisers(model, traces));
  const encoded = functions.map((definition) => joined(onCpu(definition), leftAlone));
  return toBinary(FunctionDefLibrarySchema, create(FunctionDefLibrarySchema, { function: encoded }));
}

const yes = toBinary(AttrValueSchema, create(AttrValueSchema, { value: { case: 'b', value: true } }));

/** Attributes that the session's optimiser skips functions for: not inlined, and left to whoever instantiates them. */
const leftAlone = toBinary(
  FunctionDefSchema,
  create(FunctionDefSchema, { attr: { _noinline: yes, _tf_data_function: yes } }),
);

/** Two encodings of one message in a row are the encoding of both merged. */
function joined(bytes: Uint8Array, more: Uint8Array): Uint8Array {
  const both = new Uint8Array(bytes.length + more.length);
  both.set(bytes);
  both.set(more, bytes.length);
  return both;
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
