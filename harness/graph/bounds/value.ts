import type { Operation } from '../flow/symbolic-tensor.js';
import type { Curve } from './curve.js';
import { type End, higher, lower, minusInfinity, plusInfinity } from './end.js';

/** What is known of all elements of a tensor at once, whatever the images and the weights of layers that mix. */
export type Value = {
  readonly low: End;
  readonly high: End;
  /** It depends on the images. */
  readonly varies: boolean;
  /** Two values of the same number are the same, element by element or in another shape. */
  readonly id: number;
  readonly curve?: Curve | undefined;
  readonly atLeast: Comparison;
  /** Values, by their ids, that no element of this one is more than. */
  readonly atMost?: Comparison | undefined;
  /** It is 1 over a value that is `atLeast` these. */
  readonly oneOver?: Comparison | undefined;
  /** Axes, counted from the last, along which weights were applied to it: a sum over them is a layer with weights. */
  readonly weighted?: readonly number[] | undefined;
  /** Its elements are shares of a whole, or functions of such. */
  readonly shares: boolean;
  /** The operations since it was last free, first to last. */
  readonly trail: readonly Operation[];
  /** The operation that could not be looked into, where no layer with weights lies in between. */
  readonly opaque?: string | undefined;
  /** Of what does not vary: how many elements it has, where that is known, and the elements themselves. */
  readonly size?: number | undefined;
  readonly numbers?: Numbers | undefined;
};

/** Ids of values that no element of a value is less than; `squash`: it tends to be the sum of all of them, as logsumexp does. */
export type Comparison = ReadonlyMap<number, 'plain' | 'squash'>;

/** Numbers that do not vary, in row-major order. */
export type Numbers = { readonly shape: readonly number[]; readonly values: ArrayLike<number> };

export const nothing: Comparison = new Map();

/** What any number may come out of. */
export function free(id: number, curve: Curve, opaque: string | undefined): Value {
  const ends = { low: minusInfinity, high: plusInfinity };
  return { ...ends, varies: true, id, curve, atLeast: nothing, shares: false, trail: [], opaque };
}

export function isFree({ low, high }: Pick<Value, 'low' | 'high'>): boolean {
  return low.at === Number.NEGATIVE_INFINITY && high.at === Number.POSITIVE_INFINITY;
}

export function isBounded({ low, high }: Pick<Value, 'low' | 'high'>): boolean {
  return Number.isFinite(low.at) && Number.isFinite(high.at);
}

/** The number that something is, where it does not vary and has one element; the numbers of others are not read for this. */
export function scalarOf(value: Value): number | undefined {
  if (value.varies || (value.size ?? 1) !== 1) return undefined;
  return value.low.at === value.high.at && Number.isFinite(value.low.at) ? value.low.at : undefined;
}

/** One value that may be any of several. */
export function hull(id: number, values: readonly Value[]): Value {
  const varying = values.filter(({ varies }) => varies);
  const [first] = values;
  return {
    low: values.map(({ low }) => low).reduce(lower, first?.low ?? minusInfinity),
    high: values.map(({ high }) => high).reduce(higher, first?.high ?? plusInfinity),
    varies: varying.length > 0,
    id,
    curve: sameCurve(id, varying),
    atLeast: nothing,
    shares: varying.length > 0 && varying.every(({ shares }) => shares),
    trail: longestTrail(varying),
    opaque: opaqueIn(varying),
  };
}

export function longestTrail(values: readonly Value[]): readonly Operation[] {
  return values.reduce<readonly Operation[]>(
    (most, { trail }) => (trail.length > most.length ? trail : most),
    [],
  );
}

export function opaqueIn(values: readonly Value[]): string | undefined {
  return values.find(({ opaque }) => opaque !== undefined)?.opaque;
}

/** What all answer alike to scores of their own. */
function sameCurve(score: number, values: readonly Value[]): Curve | undefined {
  const [first, ...others] = values.map(({ curve }) => curve);
  const same = others.every((other) => other?.at.every((value, point) => Object.is(value, first?.at[point])));
  return same && first ? { ...first, score } : undefined;
}
