import { pythonText } from '../python-text.js';
import type { PythonValue, Shape } from '../saved-model.js';
import { shapeText } from '../shape.js';

/** Where a tensor argument of a concrete function gets its value from. */
export type TensorInput =
  | { readonly kind: 'images' }
  /** Values in row-major order; as many as the shape holds, so one for a scalar, whose shape is []. */
  | {
      readonly kind: 'value';
      readonly dtype: string;
      readonly shape: readonly number[];
      readonly values: readonly (number | boolean | string)[];
    };

/** A tensor among the arguments of a call. */
export type ArgumentTensor = {
  readonly kind: 'argument-tensor';
  readonly dtype: string;
  readonly shape: Shape;
  readonly input: TensorInput;
};

/** An argument of a call: a Python value, or a tensor. */
export type ArgumentValue = PythonValue | ArgumentTensor;

/** Arguments as Python binds them: in order, and by name for those that are keyword-only. */
export type Bound = {
  readonly kind: 'bound';
  readonly positional: readonly ArgumentValue[];
  readonly keyword: Readonly<Record<string, ArgumentValue>>;
};

export type Refused = { readonly kind: 'refused'; readonly message: string };

/** A value that a caller passes: a whole number is Python's int; pass `{ kind: 'float', value: 1 }` for 1.0. */
export type CallArgument = number | boolean | null | string | PythonValue;
export type CallArguments = Readonly<Record<string, CallArgument>>;

/** Dtype and shape of the images of a call; sizes are unknown while a caller is traced itself. */
export type ImagesSpec = { readonly dtype: string; readonly shape: Shape };

export function imagesValue({ dtype, shape }: ImagesSpec): ArgumentTensor {
  return { kind: 'argument-tensor', dtype, shape, input: { kind: 'images' } };
}

export function argumentValue(argument: CallArgument): PythonValue {
  if (argument === null) return { kind: 'none' };
  if (typeof argument === 'boolean') return { kind: 'bool', value: argument };
  if (typeof argument === 'string') return { kind: 'string', value: argument };
  if (typeof argument === 'number')
    return { kind: Number.isInteger(argument) ? 'int' : 'float', value: argument };
  return argument;
}

/** An argument in a message: `float32 [1, 224, 224, 3]`, `True`. */
export function argumentText(argument: ArgumentValue): string {
  if (argument.kind !== 'argument-tensor') return pythonText(argument);
  return `${argument.dtype} ${shapeText(argument.shape)}`;
}
