import { create, toBinary } from '@bufbuild/protobuf';
import { dtypeNumber } from '../../savedmodel/dtypes.js';
import { type AttrValue, AttrValueSchema, NodeDefSchema } from '../../savedmodel/gen/graph_pb.js';
import { TensorProtoSchema, TensorShapeProtoSchema } from '../../savedmodel/gen/tensor_pb.js';
import type { LibraryFunction, Shape } from '../../savedmodel/saved-model.js';

/** An operation to be added to the lowered graph. */
export type Node = {
  readonly name: string;
  readonly op: string;
  readonly inputs?: readonly string[];
  readonly attributes?: Readonly<Record<string, AttrValue>>;
};

/** The NodeDef of an operation, encoded. */
export function encodeNode({ name, op, inputs = [], attributes = {} }: Node): Uint8Array {
  return toBinary(
    NodeDefSchema,
    create(NodeDefSchema, { name, op, input: [...inputs], attr: { ...attributes } }),
  );
}

/** Attribute values, by the kind that the operation's definition asks for. */
export const attribute = {
  type: (dtype: string): AttrValue => of({ case: 'type', value: numberOf(dtype) }),
  types: (dtypes: readonly string[]): AttrValue =>
    of({ case: 'list', value: { type: dtypes.map(numberOf) } as never }),
  shape: (shape: Shape): AttrValue => of({ case: 'shape', value: shapeProto(shape) }),
  string: (text: string): AttrValue => of({ case: 's', value: new TextEncoder().encode(text) }),
  bool: (value: boolean): AttrValue => of({ case: 'b', value }),
  int: (value: number): AttrValue => of({ case: 'i', value: BigInt(value) }),
  integers: (values: readonly number[]): AttrValue =>
    of({ case: 'list', value: { i: values.map(BigInt) } as never }),
  function: (name: string): AttrValue => of({ case: 'func', value: { name, attr: {} } as never }),
  strings: (texts: readonly string[], shape: readonly number[]): AttrValue =>
    tensor({
      dtype: numberOf('string'),
      tensorShape: shapeProto(shape),
      stringVal: texts.map((text) => new TextEncoder().encode(text)),
    }),
  float: (value: number): AttrValue =>
    tensor({ dtype: numberOf('float32'), tensorShape: shapeProto([]), floatVal: [value] }),
  ints: (values: readonly number[], shape: readonly number[]): AttrValue =>
    tensor({ dtype: numberOf('int32'), tensorShape: shapeProto(shape), intVal: [...values] }),
};

/** @throws RangeError for a name that TensorFlow does not know */
export function numberOf(dtype: string): number {
  const number = dtypeNumber(dtype);
  if (number === undefined) throw new RangeError(`TensorFlow has no data type "${dtype}".`);
  return number;
}

function of(value: AttrValue['value']): AttrValue {
  return create(AttrValueSchema, { value });
}

function tensor(init: Parameters<typeof create<typeof TensorProtoSchema>>[1]): AttrValue {
  return of({ case: 'tensor', value: toBinary(TensorProtoSchema, create(TensorProtoSchema, init)) });
}

function shapeProto(shape: Shape) {
  if (shape === null) return create(TensorShapeProtoSchema, { unknownRank: true });
  return create(TensorShapeProtoSchema, { dim: shape.map((size) => ({ size: BigInt(size ?? -1) })) });
}

/** A scalar or 1-D string constant. */
export function stringConstant(name: string, texts: string | readonly string[]): Node {
  const value =
    typeof texts === 'string' ? attribute.strings([texts], []) : attribute.strings(texts, [texts.length]);
  return { name, op: 'Const', attributes: { dtype: attribute.type('string'), value } };
}

/** A scalar or 1-D int32 constant. */
export function intConstant(name: string, values: number | readonly number[]): Node {
  const value =
    typeof values === 'number' ? attribute.ints([values], []) : attribute.ints(values, [values.length]);
  return { name, op: 'Const', attributes: { dtype: attribute.type('int32'), value } };
}

/** A scalar float32 constant. */
export function floatConstant(name: string, value: number): Node {
  return {
    name,
    op: 'Const',
    attributes: { dtype: attribute.type('float32'), value: attribute.float(value) },
  };
}

/** A cast to another dtype. */
export function cast(name: string, input: string, from: string, to: string): Node {
  return {
    name,
    op: 'Cast',
    inputs: [input],
    attributes: { SrcT: attribute.type(from), DstT: attribute.type(to) },
  };
}

/** The same tensor under a name of ours; `after` are operations that must have run. */
export function identity(name: string, input: string, dtype: string, after: readonly string[] = []): Node {
  return {
    name,
    op: 'Identity',
    inputs: [input, ...after.map((op) => `^${op}`)],
    attributes: { T: attribute.type(dtype) },
  };
}

/** A call of a library function; `after` are operations that must have run. */
export function call(
  name: string,
  { name: f, inputs, outputs }: LibraryFunction,
  values: readonly string[],
  after: readonly string[] = [],
): Node {
  return {
    name,
    op: 'StatefulPartitionedCall',
    inputs: [...values, ...after.map((op) => `^${op}`)],
    attributes: {
      f: attribute.function(f),
      Tin: attribute.types(inputs.map((argument) => argument.dtype)),
      Tout: attribute.types(outputs.map((argument) => argument.dtype)),
    },
  };
}
