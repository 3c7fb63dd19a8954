import type { ConcreteFunction, PythonValue, Shape } from '../savedmodel/saved-model.js';

/** What a concrete function takes as images: its first argument. */
export function imagesOf(concreteFunction: ConcreteFunction): PythonValue | undefined {
  return concreteFunction.positional[0] ?? Object.values(concreteFunction.keyword)[0];
}

/** Images that fit a concrete function; undefined when its first argument is no tensor. */
export function imagesFor(
  concreteFunction: ConcreteFunction,
): { readonly dtype: string; readonly shape: number[] } | undefined {
  const value = imagesOf(concreteFunction);
  if (value?.kind !== 'tensor') return undefined;
  return { dtype: value.dtype, shape: (value.shape ?? [1, 32, 32, 3]).map((size) => size ?? 32) };
}

/** Whether a tensor of this shape fits the shape of a concrete function's argument. */
export function compatible(traced: Shape, shape: readonly number[]): boolean {
  if (traced === null) return true;
  return (
    traced.length === shape.length && traced.every((size, axis) => size === null || size === shape[axis])
  );
}

/** A traced argument as findings print it. */
export function tensorSpecText(value: PythonValue | undefined): string {
  if (!value) return 'no argument';
  if (value.kind !== 'tensor') return `a Python ${value.kind}`;
  const shape =
    value.shape === null ? 'of any shape' : `[${value.shape.map((size) => size ?? 'any').join(', ')}]`;
  return `${value.dtype} ${shape}`;
}
