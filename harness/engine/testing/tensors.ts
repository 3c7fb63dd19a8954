import type { Tensor } from '../subject.js';

/** A float32 tensor: values row-major, or one number for all of them, or what a function says of each place. */
export function tensor(
  shape: readonly number[],
  values: number | readonly number[] | ((index: number) => number) = 0,
): Tensor {
  const length = shape.reduce((product, size) => product * size, 1);
  const at = (index: number) => {
    if (typeof values === 'number') return values;
    return typeof values === 'function' ? values(index) : (values[index] ?? 0);
  };
  return { dtype: 'float32', shape, values: Float32Array.from({ length }, (_, index) => at(index)) };
}

/** A tensor of the same shape and dtype in which each value was changed. */
export function changed(
  { dtype, shape, values }: Tensor,
  change: (value: number, at: { readonly row: number; readonly column: number }) => number,
): Tensor {
  const columns = Math.max(
    1,
    shape.slice(1).reduce((product, size) => product * size, 1),
  );
  const at = (index: number) => ({ row: Math.floor(index / columns), column: index % columns });
  return { dtype, shape, values: values.map((value, index) => change(value, at(index))) };
}
