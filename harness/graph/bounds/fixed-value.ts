import { lazy } from '../../savedmodel/lazy.js';
import type { Shape } from '../../savedmodel/saved-model.js';
import { minusInfinity, plusInfinity } from './end.js';
import { type Numbers, nothing, type Value } from './value.js';

/** Something that does not vary, whose numbers are read when first asked for; unknown ones may be any. */
export function fixedValue(id: number, shape: Shape, read: () => Numbers | undefined): Value {
  const numbers = lazy(read);
  const ends = lazy(() => endsOf(numbers()));
  return {
    get low() {
      return ends().low;
    },
    get high() {
      return ends().high;
    },
    get numbers() {
      return numbers();
    },
    ...constantly(id, shape),
  };
}

/** One number. */
export function scalar(id: number, at: number): Value {
  return { low: { at }, high: { at }, numbers: { shape: [], values: [at] }, ...constantly(id, []) };
}

/** What is computed from nothing that varies, when first asked for. */
export function computedValue(id: number, shape: Shape, compute: () => Value): Value {
  const value = lazy(compute);
  return {
    get low() {
      return value().low;
    },
    get high() {
      return value().high;
    },
    get numbers() {
      return value().numbers;
    },
    get shares() {
      return value().shares;
    },
    get atLeast() {
      return value().atLeast;
    },
    get oneOver() {
      return value().oneOver;
    },
    id,
    varies: false,
    trail: [],
    size: sizeOf(shape),
  };
}

function constantly(id: number, shape: Shape) {
  return { id, varies: false, atLeast: nothing, shares: false, trail: [], size: sizeOf(shape) };
}

function sizeOf(shape: Shape): number | undefined {
  return shape?.reduce<number | undefined>(
    (product, size) => (product === undefined || size === null ? undefined : product * size),
    1,
  );
}

function endsOf(numbers: Numbers | undefined): Pick<Value, 'low' | 'high'> {
  if (numbers === undefined || numbers.values.length === 0) return { low: minusInfinity, high: plusInfinity };
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < numbers.values.length; at++) {
    const value = numbers.values[at] ?? Number.NaN;
    if (Number.isNaN(value)) return { low: minusInfinity, high: plusInfinity };
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low: { at: low }, high: { at: high } };
}
