import { dtypeName } from '../dtypes.js';
import type { ConcreteFunction, PythonValue, TensorSpec } from '../saved-model.js';
import { compatibleShapes } from '../shape.js';
import type { ArgumentValue, Bound, TensorInput } from './argument-value.js';
import { convert } from './convert.js';

/**
 * The tensors of a concrete function, in the order of the function's arguments, when the concrete function can be
 * called with these arguments; undefined when it cannot. Without conversion, only tensors fit where the concrete
 * function has tensors.
 */
export function matchConcreteFunction(
  concreteFunction: ConcreteFunction,
  bound: Bound,
  conversion: boolean,
): readonly TensorInput[] | undefined {
  const positional = matchItems(concreteFunction.positional, bound.positional, conversion);
  const keyword = matchEntries(concreteFunction.keyword, bound.keyword, conversion);
  return positional && keyword && [...positional, ...keyword];
}

/** Python's `==` between values that are neither tensors nor containers: True == 1 == 1.0. */
export function pythonEquals(a: PythonValue, b: PythonValue): boolean {
  if (a.kind === 'shape' && b.kind === 'shape') return String(a.value) === String(b.value);
  const [left, right] = [comparable(a), comparable(b)];
  if (a.kind === 'dtype' || b.kind === 'dtype') return asDtype(left) === asDtype(right);
  return left !== undefined && left === right;
}

type Tensors = readonly TensorInput[] | undefined;

function match(expected: PythonValue, given: ArgumentValue, conversion: boolean): Tensors {
  switch (expected.kind) {
    case 'tensor':
      return matchTensor(expected, given, conversion);
    case 'list':
    case 'tuple':
      return given.kind === expected.kind ? matchItems(expected.items, given.items, conversion) : undefined;
    case 'dict':
      return given.kind === 'dict' ? matchEntries(expected.entries, given.entries, conversion) : undefined;
    case 'named-tuple':
      if (given.kind !== 'named-tuple' || given.name !== expected.name) return undefined;
      return matchItems(Object.values(expected.entries), Object.values(given.entries), conversion);
    default:
      return given.kind !== 'given-tensor' && pythonEquals(expected, given) ? [] : undefined;
  }
}

function matchTensor(expected: TensorSpec, given: ArgumentValue, conversion: boolean): Tensors {
  const tensor = conversion || given.kind === 'tensor-value' ? convert(given, expected.dtype, 'hint') : given;
  if (tensor?.kind !== 'given-tensor' || tensor.dtype !== expected.dtype) return undefined;
  return compatibleShapes(expected.shape, tensor.shape) ? [tensor.input] : undefined;
}

function matchItems(
  expected: readonly PythonValue[],
  given: readonly ArgumentValue[],
  conversion: boolean,
): Tensors {
  if (expected.length !== given.length) return undefined;
  return joined(expected.map((value, at) => match(value, given[at] ?? none, conversion)));
}

/** Entries count in the order of their sorted keys. */
function matchEntries(
  expected: Readonly<Record<string, PythonValue>>,
  given: Readonly<Record<string, ArgumentValue>>,
  conversion: boolean,
): Tensors {
  const keys = Object.keys(expected).sort();
  if (String(keys) !== String(Object.keys(given).sort())) return undefined;
  return joined(keys.map((key) => match(expected[key] ?? none, given[key] ?? none, conversion)));
}

function joined(parts: readonly Tensors[]): Tensors {
  const found = parts.filter((part) => part !== undefined);
  return found.length < parts.length ? undefined : found.flat();
}

const none: PythonValue = { kind: 'none' };

type Comparable = string | number | null | undefined;

function comparable(value: PythonValue): Comparable {
  switch (value.kind) {
    case 'none':
      return null;
    case 'bool':
      return Number(value.value);
    case 'int':
    case 'float':
    case 'string':
    case 'dtype':
      return value.value;
    default:
      return undefined;
  }
}

/** A dtype equals its name and its number. */
function asDtype(value: Comparable): Comparable {
  return typeof value === 'number' ? dtypeName(value) : value;
}
