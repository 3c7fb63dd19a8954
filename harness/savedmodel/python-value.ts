import { dtypeName } from './dtypes.js';
import type { StructuredValue } from './gen/struct_pb.js';
import type { PythonValue } from './saved-model.js';
import { shapeOf } from './shape.js';

/** A stored Python value; one that is not there, or of a kind unknown here, is a type spec without a name. */
export function pythonValueOf(stored: StructuredValue | undefined): PythonValue {
  const kind = stored?.kind;
  switch (kind?.case) {
    case 'noneValue':
      return { kind: 'none' };
    case 'boolValue':
      return { kind: 'bool', value: kind.value };
    case 'int64Value':
      return { kind: 'int', value: Number(kind.value) };
    case 'float64Value':
      return { kind: 'float', value: kind.value };
    case 'stringValue':
      return { kind: 'string', value: kind.value };
    case 'tensorDtypeValue':
      return { kind: 'dtype', value: dtypeName(kind.value) };
    case 'tensorShapeValue':
      return { kind: 'shape', value: shapeOf(kind.value) };
    case 'tensorSpecValue':
    case 'boundedTensorSpecValue': {
      const { name, dtype, shape } = kind.value;
      return { kind: 'tensor', name, dtype: dtypeName(dtype), shape: shapeOf(shape) };
    }
    case 'typeSpecValue':
      return {
        kind: 'type-spec',
        name: kind.value.typeSpecClassName || `type spec ${kind.value.typeSpecClass}`,
      };
    case 'listValue':
      return { kind: 'list', items: kind.value.values.map(pythonValueOf) };
    case 'tupleValue':
      return { kind: 'tuple', items: kind.value.values.map(pythonValueOf) };
    case 'dictValue':
      return { kind: 'dict', entries: record(Object.entries(kind.value.fields)) };
    case 'namedTupleValue': {
      const pairs = kind.value.values.map(({ key, value }) => [key, value] as const);
      return { kind: 'named-tuple', name: kind.value.name, entries: record(pairs) };
    }
    case 'tensorValue':
    case 'numpyValue':
      return { kind: 'tensor-value', bytes: kind.value };
    case undefined:
      return { kind: 'type-spec', name: '' };
  }
}

export type PythonEntries = Readonly<Record<string, PythonValue>>;

/** Items of a list or tuple; none of anything else. */
export function itemsOf(value: PythonValue | undefined): readonly PythonValue[] {
  return value?.kind === 'list' || value?.kind === 'tuple' ? value.items : [];
}

/** Entries of a dict or named tuple; none of anything else. */
export function entriesOf(value: PythonValue | undefined): PythonEntries {
  return value?.kind === 'dict' || value?.kind === 'named-tuple' ? value.entries : {};
}

function record(pairs: Iterable<readonly [string, StructuredValue | undefined]>): PythonEntries {
  return Object.fromEntries([...pairs].map(([key, value]) => [key, pythonValueOf(value)]));
}
