import type { Graph, Result } from '../shapes/graph.js';
import { type Curve, identityCurve } from './curve.js';
import { type Cause, type CauseKind, type End, endAt } from './end.js';
import { refined } from './levelling.js';
import type { Numbering } from './numbering.js';
import { free, isFree, longestTrail, nothing, opaqueIn, scalarOf, type Value } from './value.js';

/** One operation whose result is to be bounded. */
export type Context = { readonly graph: Graph; readonly result: Result; readonly numbering: Numbering };

/** What an operation makes of its inputs. */
export type Transfer = (context: Context, inputs: readonly Value[]) => Value;

/** An end, with a cause that it has already or one that the operation makes. */
export type NewEnd = { readonly at: number; readonly cause?: Cause | CauseKind | undefined };

export type Made = Partial<
  Pick<Value, 'atLeast' | 'atMost' | 'oneOver' | 'weighted' | 'shares' | 'curve' | 'id'>
> & {
  readonly low: NewEnd;
  readonly high: NewEnd;
};

/** The result of an operation. */
export function made(context: Context, inputs: readonly Value[], given: Made): Value {
  const { operation } = context.result;
  const varying = inputs.filter(({ varies }) => varies);
  const varies = varying.length > 0;
  const range = [given.low.at, given.high.at] as const;
  const end = ({ at, cause }: NewEnd): End => {
    if (!varies) return { at };
    return endAt(at, typeof cause === 'string' ? { kind: cause, operation, range } : cause);
  };
  const id = given.id ?? context.numbering.fresh();
  const ends = refined(given.curve, { low: end(given.low), high: end(given.high) }, operation);
  const value: Value = {
    ...ends,
    varies,
    id,
    curve: given.curve ?? (varies && isFree(ends) ? freely(id) : undefined),
    atLeast: given.atLeast ?? nothing,
    atMost: given.atMost,
    oneOver: given.oneOver,
    weighted: given.weighted ?? [],
    shares: !isFree(ends) && (given.shares ?? (varies && varying.every(({ shares }) => shares))),
    trail: [],
    opaque: opaqueIn(varying),
  };
  return varies && !isFree(value) ? { ...value, trail: [...longestTrail(varying), operation] } : value;
}

/** Something new that may be any number. */
export function fresh({ numbering }: Context, opaque?: string): Value {
  return freeValue(numbering.fresh(), opaque);
}

export function freeValue(id: number, opaque: string | undefined): Value {
  return free(id, freely(id), opaque);
}

function freely(score: number): Curve {
  return identityCurve(score, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
}

/** Whether a free value is scaled or shifted class by class, after which it is as free as before. */
export function isRescaled(values: readonly Value[]): boolean {
  const varying = values.filter(({ varies }) => varies);
  const [only] = varying;
  if (only === undefined || varying.length > 1 || !isFree(only)) return false;
  return values.some((value) => value !== only && scalarOf(value) === undefined);
}

/** How the result of an elementwise operation answers to the score that its inputs answer to; undefined for several scores. */
export function curveOf(
  values: readonly Value[],
  f: (...values: readonly number[]) => number,
): Curve | undefined {
  const first = values.find(({ varies }) => varies)?.curve;
  if (first === undefined) return undefined;
  const fixed = values.map((value) => (value.varies ? undefined : middleOf(value)));
  const known = values.every(({ varies, curve }, at) =>
    varies ? curve?.score === first.score : fixed[at] !== undefined,
  );
  if (!known) return undefined;
  const at = first.at.map((_, point) =>
    f(...values.map(({ curve }, place) => fixed[place] ?? curve?.at[point] ?? Number.NaN)),
  );
  const exact = values.every((value) => (value.varies ? value.curve?.exact : scalarOf(value) !== undefined));
  return { score: first.score, exact, at };
}

/** A number that stands for all elements of what does not vary. */
function middleOf(value: Value): number | undefined {
  const middle = (value.low.at + value.high.at) / 2;
  return Number.isFinite(middle) ? middle : undefined;
}
