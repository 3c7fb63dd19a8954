import { fromBinary } from '@bufbuild/protobuf';
import { AttrValueSchema, FunctionDefSchema } from '../../savedmodel/gen/graph_pb.js';
import type { TensorShapeProto } from '../../savedmodel/gen/tensor_pb.js';
import type { LibraryFunction } from '../../savedmodel/saved-model.js';

/**
 * Why Python refuses to import a function before TensorFlow's C library sees it, if it does. Source:
 * tensorflow/python/framework/function_def_to_graph.py and device_spec.py.
 */
export function importRefusal({ bytes, inputs, nodes }: LibraryFunction): string | undefined {
  const { attr, argAttr } = fromBinary(FunctionDefSchema, bytes);
  const shapes = shapesIn(attr._input_shapes).length;
  if (shapes > 0 && shapes < inputs.length)
    return `it notes the shapes of ${shapes} arguments and has ${inputs.length}`;
  const unshaped = inputs.find((_, at) => isEmptyList(argAttr[at]?.attr._output_shapes));
  if (unshaped !== undefined) return `it notes a list of no shapes for its argument ${unshaped.name}`;
  const placed = nodes.find(({ device }) => !device.split('/').every((part) => devicePart.test(part)));
  return placed && `its operation ${placed.name} is placed on "${placed.device}", which names no device`;
}

/** Of a device as `/job:localhost/replica:0/task:0/device:CPU:0`, or `/cpu:0`. */
const devicePart =
  /^(?:|:.*|job:[^:]*|(?:replica|task):\d+|device:[^:]*:(?:\*|\d+)|(?:[cgt]pu|custom|epu)(?::(?:\*|\d+))?)$/i;

/** The shapes of an attribute: a list of them, or one. */
export function shapesIn(stored: Uint8Array | undefined): readonly TensorShapeProto[] {
  const { value } = fromBinary(AttrValueSchema, stored ?? new Uint8Array());
  if (value.case === 'shape') return [value.value];
  return value.case === 'list' ? value.value.shape : [];
}

function isEmptyList(stored: Uint8Array | undefined): boolean {
  const { value } = fromBinary(AttrValueSchema, stored ?? new Uint8Array());
  return value.case === 'list' && value.value.shape.length === 0;
}
