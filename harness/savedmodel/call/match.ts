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

function match(expected: PythonValue, argument: ArgumentValue, conversion: boolean): Tensors {
  switch (expected.kind) {
    case 'tensor':
      return matchTensor(expected, argument, conversion);
    case 'list':
    case 'tuple':
      return argument.kind === expected.kind
        ? matchItems(expected.items, argument.items, conversion)
        : undefined;
    case 'dict':
      return argument.kind === 'dict'
        ? matchEntries(expected.entries, argument.entries, conversion)
        : undefined;
    case 'named-tuple':
      if (argument.kind !== 'named-tuple' || argument.name !== expected.name) return undefined;
      return matchItems(Object.values(expected.entries), Object.values(argument.entries), conversion);
    default:
      return argument.kind !== 'argument-tensor' && pythonEquals(expected, argument) ? [] : undefined;
  }
}

function matchTensor(expected: TensorSpec, argument: ArgumentValue, conversion: boolean): Tensors {
  const tensor =
    conversion || argument.kind === 'tensor-value' ? convert(argument, expected.dtype, 'hint') : argument;
  if (tensor?.kind !== 'argument-tensor' || tensor.dtype !== expected.dtype) return undefined;
  return compatibleShapes(expected.shape, tensor.shape) ? [tensor.input] : undefined;
}

function matchItems(
  expected: readonly PythonValue[],
  argument: readonly ArgumentValue[],
  conversion: boolean,
): Tensors {
  if (expected.length !== argument.length) return undefined;
  return joined(expected.map((value, at) => match(value, argument[at] ?? none, conversion)));
}

/** Entries count in the order of their sorted keys. */
function matchEntries(
  expected: Readonly<Record<string, PythonValue>>,
  argument: Readonly<Record<string, ArgumentValue>>,
  conversion: boolean,
): Tensors {
  const keys = Object.keys(expected).sort();
  if (String(keys) !== String(Object.keys(argument).sort())) return undefined;
  return joined(keys.map((key) => match(expected[key] ?? none, argument[key] ?? none, conversion)));
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
