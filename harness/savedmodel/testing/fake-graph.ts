import { create, toBinary } from '@bufbuild/protobuf';
import { dtypeNumber } from '../dtypes.js';
import { TensorProtoSchema } from '../gen/tensor_pb.js';
import type { Attribute, FunctionArgument, GraphNode, LibraryFunction } from '../saved-model.js';

/** An attribute of an operation: a bare number is an integer, a bare text a string; any other is written out. */
export type FakeAttribute = Attribute | string | number | boolean | readonly FakeAttribute[];

/**
 * An operation of a graph. Inputs are names of the function's arguments, or `operation:output:0` for what another
 * operation gives; `^operation` only waits for it.
 */
export function operation(
  name: string,
  op: string,
  inputs: readonly string[] = [],
  attributes: Readonly<Record<string, FakeAttribute>> = {},
): GraphNode {
  const entries = Object.entries(attributes).map(([key, value]) => [key, attributeOf(value)] as const);
  return { name, op, inputs, device: '', attributes: new Map(entries), bytes: new Uint8Array() };
}

/** A constant of numbers: a scalar, a vector, or of a given shape. It gives `name:output:0`. */
export function constant(
  name: string,
  values: number | readonly number[],
  dtype = 'int32',
  shape: readonly number[] = typeof values === 'number' ? [] : [values.length],
): GraphNode {
  const numbers = typeof values === 'number' ? [values] : values;
  const dim = shape.map((size) => ({ size: BigInt(size) }));
  const proto = create(TensorProtoSchema, {
    dtype: dtypeNumber(dtype) ?? 0,
    tensorShape: { dim },
    ...(dtype === 'int32' ? { intVal: [...numbers] } : { floatVal: [...numbers] }),
  });
  const value: Attribute = { kind: 'tensor', bytes: toBinary(TensorProtoSchema, proto) };
  return operation(name, 'Const', [], { value, dtype: { kind: 'type', value: dtype } });
}

/** An attribute that names a function of the library: `f` of a call, the branches of an If. */
export function functionNamed(name: string): Attribute {
  return { kind: 'function', name };
}

/** A function of the library. `results`: what it returns, as inputs of operations are written; called r0, r1 … */
export function libraryFunction(
  name: string,
  inputs: readonly (string | FunctionArgument)[],
  results: readonly (string | { readonly from: string; readonly dtype: string })[],
  nodes: readonly GraphNode[],
): LibraryFunction {
  const returned = results.map((result) =>
    typeof result === 'string' ? { from: result, dtype: 'float32' } : result,
  );
  return {
    name,
    inputs: inputs.map((input) => (typeof input === 'string' ? { name: input, dtype: 'float32' } : input)),
    outputs: returned.map(({ dtype }, at) => ({ name: `r${at}`, dtype })),
    nodes,
    returns: new Map(returned.map(({ from }, at) => [`r${at}`, from])),
    bytes: new Uint8Array(),
  };
}

function attributeOf(value: FakeAttribute): Attribute {
  if (typeof value === 'string') return { kind: 'string', value };
  if (typeof value === 'number') return { kind: 'int', value: BigInt(value) };
  if (typeof value === 'boolean') return { kind: 'bool', value };
  return 'kind' in value ? value : { kind: 'list', items: value.map(attributeOf) };
}
