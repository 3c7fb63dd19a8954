import type { PythonValue } from '../saved-model.js';
import type { ArgumentTensor, ArgumentValue } from './argument-value.js';
import { tensorValue } from './tensor-value.js';

/**
 * How TensorFlow converts a Python value to a tensor. `hint`: `convert_to_tensor(value, dtype_hint)` while a graph is
 * built, as when a concrete function is looked for. `exact`: `convert_to_tensor(value, dtype)`, as an input signature
 * asks. The two differ only for bool, in ways that were measured and not designed.
 */
export type Conversion = 'hint' | 'exact';

/** The tensor that a value is converted to for an argument of that dtype; undefined when TensorFlow refuses. */
export function convert(
  argument: ArgumentValue,
  dtype: string,
  conversion: Conversion,
): ArgumentTensor | undefined {
  if (argument.kind === 'argument-tensor') return argument;
  if (argument.kind === 'tensor-value') return tensorValue(argument.bytes);
  const made =
    argument.kind === 'list' || argument.kind === 'tuple'
      ? nested(argument.items, dtype, conversion)
      : scalar(argument, dtype, conversion);
  if (made === undefined) return undefined;
  return { kind: 'argument-tensor', dtype, shape: made.shape, input: { kind: 'value', dtype, ...made } };
}

type Values = { readonly shape: readonly number[]; readonly values: readonly (number | boolean | string)[] };

function scalar(value: PythonValue, dtype: string, conversion: Conversion): Values | undefined {
  switch (value.kind) {
    case 'bool':
      return boolTargets[conversion].has(dtype)
        ? single(dtype === 'bool' ? value.value : Number(value.value))
        : undefined;
    case 'int':
      if (conversion === 'exact' && dtype === 'uint64' && value.value < 0) return undefined;
      return floats.has(dtype) || dtype in integerBits ? single(wrapped(value.value, dtype)) : undefined;
    case 'float':
      return floats.has(dtype) ? single(value.value) : undefined;
    case 'string':
      return dtype === 'string' ? single(value.value) : undefined;
    default:
      return undefined;
  }
}

/** A list becomes a tensor when its items do, all of one shape. */
function nested(items: readonly PythonValue[], dtype: string, conversion: Conversion): Values | undefined {
  const made = items.map((item) => convert(item, dtype, conversion)?.input);
  const parts = made.flatMap((input) => (input?.kind === 'value' ? [input] : []));
  const inner = parts[0]?.shape ?? [];
  if (parts.length < items.length || parts.some(({ shape }) => String(shape) !== String(inner)))
    return undefined;
  return { shape: [items.length, ...inner], values: parts.flatMap(({ values }) => values) };
}

function single(value: number | boolean | string): Values {
  return { shape: [], values: [value] };
}

const floats = new Set(['float16', 'bfloat16', 'float32', 'float64', 'complex64', 'complex128']);

/** Bits of the integer types, negative where they are signed. */
const integerBits: Readonly<Record<string, number>> = {
  uint8: 8,
  uint16: 16,
  uint32: 32,
  uint64: 64,
  int8: -8,
  int16: -16,
  int32: -32,
  int64: -64,
};

/** An integer too large for its type wraps around. */
function wrapped(value: number, dtype: string): number {
  const bits = integerBits[dtype];
  if (bits === undefined) return value;
  return Number(bits < 0 ? BigInt.asIntN(-bits, BigInt(value)) : BigInt.asUintN(bits, BigInt(value)));
}

const boolTargets: Readonly<Record<Conversion, ReadonlySet<string>>> = {
  hint: new Set(['bool', ...floats, ...Object.keys(integerBits)]),
  exact: new Set(['bool', 'float16', 'float32', 'float64', 'complex128', 'int32', 'int64', 'uint64']),
};
