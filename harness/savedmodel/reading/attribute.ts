import { isUtf8 } from 'node:buffer';
import { decode } from '../decode.js';
import { dtypeName } from '../dtypes.js';
import type { AttrValue, AttrValue_ListValue, NameAttrList } from '../gen/graph_pb.js';
import { AttrValueSchema } from '../gen/graph_pb.js';
import type { Attribute } from '../saved-model.js';
import { shapeOf } from '../shape.js';

/** An operation's attribute; its tensors stay bytes. */
export function attributeOf({ value }: AttrValue): Attribute {
  switch (value.case) {
    case 's':
      return text(value.value);
    case 'i':
      return { kind: 'int', value: value.value };
    case 'f':
      return { kind: 'float', value: value.value };
    case 'b':
      return { kind: 'bool', value: value.value };
    case 'type':
      return { kind: 'type', value: dtypeName(value.value) };
    case 'shape':
      return { kind: 'shape', value: shapeOf(value.value) };
    case 'tensor':
      return { kind: 'tensor', bytes: value.value };
    case 'func':
      return functionNamed(value.value);
    case 'list':
      return { kind: 'list', items: itemsOf(value.value) };
    default:
      return { kind: 'other' };
  }
}

/** A list holds items of one kind; the other fields are empty. */
function itemsOf(list: AttrValue_ListValue): readonly Attribute[] {
  return [
    ...list.s.map(text),
    ...list.i.map((value): Attribute => ({ kind: 'int', value })),
    ...list.f.map((value): Attribute => ({ kind: 'float', value })),
    ...list.b.map((value): Attribute => ({ kind: 'bool', value })),
    ...list.type.map((number): Attribute => ({ kind: 'type', value: dtypeName(number) })),
    ...list.shape.map((shape): Attribute => ({ kind: 'shape', value: shapeOf(shape) })),
    ...list.tensor.map((bytes): Attribute => ({ kind: 'tensor', bytes })),
    ...list.func.map(functionNamed),
  ];
}

function functionNamed({ name, attr }: NameAttrList): Attribute {
  const bound = Object.entries(attr);
  if (bound.length === 0) return { kind: 'function', name };
  const value = (bytes: Uint8Array) => attributeOf(decode(AttrValueSchema, bytes, `an attribute of ${name}`));
  return {
    kind: 'function',
    name,
    attributes: new Map(bound.map(([key, bytes]) => [key, value(bytes)])),
  };
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function text(bytes: Uint8Array): Attribute {
  const value = utf8.decode(bytes);
  return isUtf8(bytes) ? { kind: 'string', value } : { kind: 'string', value, bytes };
}
