import { curveOf, type Made, made, type NewEnd, type Transfer } from './context.js';
import { type End, higher, lower, weakest } from './end.js';
import { noMoreThan } from './relations.js';
import { everything } from './unary.js';
import { hull, type Value } from './value.js';

export const maximum: Transfer = (context, [a, b]) => {
  if (a === undefined || b === undefined) return made(context, [], everything);
  return made(context, [a, b], {
    id: context.numbering.of('Maximum', [a.id, b.id]),
    curve: curveOf([a, b], Math.max),
    low: cutOff(a, b, 'low', (one, other) => one > other),
    high: higher(a.high, b.high),
    atLeast: new Map([...noMoreThan(a), ...noMoreThan(b)]),
  });
};

export const minimum: Transfer = (context, [a, b]) => {
  if (a === undefined || b === undefined) return made(context, [], everything);
  return made(context, [a, b], {
    id: context.numbering.of('Minimum', [a.id, b.id]),
    curve: curveOf([a, b], Math.min),
    low: lower(a.low, b.low),
    high: cutOff(a, b, 'high', (one, other) => one < other),
  });
};

export const clip: Transfer = (context, [input, low, high]) => {
  if (input === undefined || low === undefined || high === undefined) return made(context, [], everything);
  return minimum(context, [maximum(context, [input, low]), high]);
};

/** The end on the side where the one that ends sooner cuts the other off. */
function cutOff(
  a: Value,
  b: Value,
  side: 'low' | 'high',
  sooner: (one: number, other: number) => boolean,
): NewEnd {
  const [one, other]: readonly End[] = [a[side], b[side]];
  if (one === undefined || other === undefined || one.at === other.at)
    return { at: a[side].at, cause: weakest(one?.cause, other?.cause) };
  const [ends, goesOn] = sooner(one.at, other.at) ? [one, other] : [other, one];
  const cut = ends.cause === undefined || !Number.isFinite(goesOn.at);
  return { at: ends.at, cause: cut ? 'clip' : weakest(ends.cause, goesOn.cause) };
}

/** `where`: one or the other, as a condition says. */
export const select: Transfer = (context, inputs) => {
  const [condition, a, b] = inputs;
  if (condition === undefined || a === undefined || b === undefined) return made(context, [], everything);
  if (isFallback(context, condition, a)) return a;
  const { low, high } = hull(a.id, [a, b]);
  const decided: Pick<Made, 'low' | 'high'> = {
    low: { at: low.at, cause: 'squash' },
    high: { at: high.at, cause: 'squash' },
  };
  return made(context, inputs, {
    id: context.numbering.of('Select', [condition.id, a.id, b.id]),
    curve: curveOf([condition, a, b], (chosen, one, other) =>
      chosen ? (one ?? Number.NaN) : (other ?? Number.NaN),
    ),
    ...(a.varies || b.varies ? filledIn(low, high, a.varies ? a : b) : decided),
    shares: [a, b].every(({ varies, shares }) => shares || !varies),
  });
};

/** An end that a constant sets beside what varies comes about as that one's does. */
function filledIn(low: End, high: End, varying: Value): Pick<Made, 'low' | 'high'> {
  return {
    low: { at: low.at, cause: low.cause ?? varying.low.cause },
    high: { at: high.at, cause: high.cause ?? varying.high.cause },
  };
}

/** `where(is_finite(x), x, …)` is x. */
function isFallback({ numbering }: Parameters<Transfer>[0], condition: Value, a: Value): boolean {
  const { op, of: [x] = [] } = numbering.made(condition.id) ?? {};
  return op === 'IsFinite' && x === a.id;
}

/** A comparison: 0 or 1. */
export function decision(op: string, f: (...values: readonly number[]) => boolean): Transfer {
  return (context, inputs) =>
    made(context, inputs, {
      id: context.numbering.of(
        op,
        inputs.map(({ id }) => id),
      ),
      curve: curveOf(inputs, (...values) => (f(...values) ? 1 : 0)),
      low: { at: 0, cause: 'squash' },
      high: { at: 1, cause: 'squash' },
      shares: false,
    });
}
