import type { ConcreteFunction, Endpoint, PythonValue } from '../savedmodel/saved-model.js';

/** What a concrete function takes as images: its first argument. */
export function imagesArgumentOf(concreteFunction: ConcreteFunction): PythonValue | undefined {
  return concreteFunction.positional[0] ?? Object.values(concreteFunction.keyword)[0];
}

/** Images that fit a concrete function; undefined when its first argument is no tensor. */
export function matchingImages(
  concreteFunction: ConcreteFunction,
): { readonly dtype: string; readonly shape: number[] } | undefined {
  const value = imagesArgumentOf(concreteFunction);
  if (value?.kind !== 'tensor') return undefined;
  return { dtype: value.dtype, shape: (value.shape ?? [1, 32, 32, 3]).map((size) => size ?? 32) };
}

/** Whether an endpoint takes strings as images: encoded ones, to be decoded inside. */
export function takesStrings({ concreteFunctions }: Pick<Endpoint, 'concreteFunctions'>): boolean {
  return concreteFunctions
    .map(imagesArgumentOf)
    .some((value) => value?.kind === 'tensor' && value.dtype === 'string');
}

/** A traced argument as findings print it. */
export function tensorSpecText(value: PythonValue | undefined): string {
  if (!value) return 'no argument';
  if (value.kind !== 'tensor') return `a Python ${value.kind}`;
  const shape =
    value.shape === null ? 'of any shape' : `[${value.shape.map((size) => size ?? 'any').join(', ')}]`;
  return `${value.dtype} ${shape}`;
}
