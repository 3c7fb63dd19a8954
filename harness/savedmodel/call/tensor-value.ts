import { decode } from '../decode.js';
import { dtypeName } from '../dtypes.js';
import type { TensorProto } from '../gen/tensor_pb.js';
import { TensorProtoSchema } from '../gen/tensor_pb.js';
import type { Shape } from '../saved-model.js';
import { shapeOf } from '../shape.js';
import type { ArgumentTensor } from './argument-value.js';
import { fromBfloat16, fromFloat16 } from './half.js';

/** A tensor that was saved as an argument's default; undefined for a dtype that no hyperparameter has. */
export function tensorValue(bytes: Uint8Array): ArgumentTensor | undefined {
  const stored = decode(TensorProtoSchema, bytes, 'the default of an argument');
  const dtype = dtypeName(stored.dtype);
  const shape = (shapeOf(stored.tensorShape) ?? []).map((size) => size ?? 0);
  const count = shape.reduce((product, size) => product * size, 1);
  const listed = listedValues(stored, dtype) ?? contentValues(stored.tensorContent, dtype);
  const last = listed?.at(-1);
  if (listed === undefined || (last === undefined && count > 0) || count > maxElements) return undefined;
  const values = Array.from({ length: count }, (_, at) => listed[at] ?? last ?? 0);
  return { kind: 'argument-tensor', dtype, shape, input: { kind: 'value', dtype, shape, values } };
}

/** The shape of a stored tensor; its values are left alone. */
export function tensorShape(bytes: Uint8Array): Shape {
  return shapeOf(decode(TensorProtoSchema, bytes, 'a tensor').tensorShape);
}

/** No hyperparameter has more elements. */
const maxElements = 1_000_000;

type Values = readonly (number | boolean | string)[];

/** Values written one by one; the last one stands for all that follow. */
function listedValues(stored: TensorProto, dtype: string): Values | undefined {
  if (stored.tensorContent.length > 0) return undefined;
  switch (dtype) {
    case 'float32':
      return stored.floatVal;
    case 'float64':
      return stored.doubleVal;
    case 'float16':
      return stored.halfVal.map(fromFloat16);
    case 'bfloat16':
      return stored.halfVal.map(fromBfloat16);
    case 'int64':
      return stored.int64Val.map(Number);
    case 'bool':
      return stored.boolVal;
    case 'string':
      return stored.stringVal.map((bytes) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    case 'int32':
    case 'uint8':
    case 'int8':
    case 'int16':
    case 'uint16':
      return stored.intVal;
    default:
      return undefined;
  }
}

/** Values in their memory layout, little-endian. */
function contentValues(content: Uint8Array, dtype: string): Values | undefined {
  const bytes = new Uint8Array(content).buffer;
  switch (dtype) {
    case 'float32':
      return bytes.byteLength % 4 === 0 ? [...new Float32Array(bytes)] : undefined;
    case 'float64':
      return bytes.byteLength % 8 === 0 ? [...new Float64Array(bytes)] : undefined;
    case 'float16':
      return bytes.byteLength % 2 === 0 ? [...new Uint16Array(bytes)].map(fromFloat16) : undefined;
    case 'bfloat16':
      return bytes.byteLength % 2 === 0 ? [...new Uint16Array(bytes)].map(fromBfloat16) : undefined;
    case 'int32':
      return bytes.byteLength % 4 === 0 ? [...new Int32Array(bytes)] : undefined;
    case 'int64':
      return bytes.byteLength % 8 === 0 ? [...new BigInt64Array(bytes)].map(Number) : undefined;
    case 'bool':
      return [...content].map((byte) => byte !== 0);
    default:
      return undefined;
  }
}
