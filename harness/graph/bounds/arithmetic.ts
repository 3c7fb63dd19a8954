import {
  type Context,
  curveOf,
  fresh,
  isRescaled,
  type Made,
  made,
  type NewEnd,
  type Transfer,
} from './context.js';
import { type Cause, type End, weakest } from './end.js';
import { reciprocal, square } from './functions.js';
import { differenceAtLeast, isRoundedDown, share, sumAtLeast } from './relations.js';
import { everything, image, unary } from './unary.js';
import { opaqueIn, type Value } from './value.js';
import { weightedBy } from './weights.js';

export const add = binary(
  'AddV2',
  (x, y) => x + y,
  (context, a, b) => ({
    low: plus(a.low, b.low),
    high: plus(a.high, b.high),
    atLeast: sumAtLeast(context, a, b),
  }),
);

export const subtract = binary(
  'Sub',
  (x, y) => x - y,
  (context, a, b) => {
    if (isRoundedDown(context, b, a)) return rest;
    const less = b.atLeast.get(a.id);
    return {
      low: b.atMost?.has(a.id) ? { at: 0, cause: 'plain' } : plus(a.low, negative(b.high)),
      high: less ? { at: 0, cause: less } : plus(a.high, negative(b.low)),
      atLeast: differenceAtLeast(context, a, b),
      ...(less === 'squash' && { shares: true }),
    };
  },
);

/** What rounding down takes away. */
const rest: Made = { low: { at: 0, cause: 'squash' }, high: { at: 1, cause: 'squash' } };

export const multiply: Transfer = (context, [a, b]) => {
  if (a !== undefined && a.id === b?.id) return squared(context, [a]);
  return product(context, a && b ? [a, b] : []);
};

export const squared = unary('Square', square);

const product = binary(
  'Mul',
  (x, y) => x * y,
  (_, a, b) => share(a, b.oneOver) ?? share(b, a.oneOver) ?? products(a, b),
);

export const divide = binary(
  'RealDiv',
  (x, y) => x / y,
  (_, a, b) => {
    return share(a, b.atLeast) ?? products(a, image(reciprocal, b));
  },
);

/** An operation on two numbers. Where one is a class score and the other a bias or scale for each class, the result is a class score. */
function binary(
  op: string,
  f: (x: number, y: number) => number,
  range: (context: Context, a: Value, b: Value) => Made,
): Transfer {
  return (context, [a, b]) => {
    if (a === undefined || b === undefined) return made(context, [], everything);
    if (isRescaled([a, b])) return fresh(context, opaqueIn([a, b]));
    return made(context, [a, b], {
      id: context.numbering.of(op, [a.id, b.id]),
      curve: curveOf([a, b], f),
      weighted: weightedBy(context, op, [a, b]),
      ...range(context, a, b),
    });
  };
}

export function negative({ at, cause }: End): End {
  return cause === undefined ? { at: -at } : { at: -at, cause };
}

function plus(one: End, other: End): NewEnd {
  return { at: one.at + other.at, cause: weakest(one.cause, other.cause) };
}

type Ends = Pick<Made, 'low' | 'high'>;

/** The range of a product, from the products of the ends. */
export function products(a: Ends, b: Ends): Ends {
  const points = [a.low, a.high].flatMap((one) => [b.low, b.high].map((other) => times(one, other)));
  const end = (extreme: (...values: number[]) => number): NewEnd => {
    const at = extreme(...points.map((point) => point.at));
    return { at, cause: weakestOf(points.filter((point) => point.at === at)) };
  };
  return { low: end(Math.min), high: end(Math.max) };
}

/** Zero times anything is zero, and ends for the reason that the zero does. */
function times(one: NewEnd, other: NewEnd): NewEnd {
  if (one.at === 0 && other.at === 0) return { at: 0, cause: weakestOf([one, other]) };
  if (one.at === 0) return { at: 0, cause: one.cause };
  if (other.at === 0) return { at: 0, cause: other.cause };
  return { at: one.at * other.at, cause: weakestOf([one, other]) };
}

function weakestOf(ends: readonly NewEnd[]): NewEnd['cause'] {
  const causes = ends.flatMap(({ cause }) => (cause === undefined ? [] : [cause]));
  const known = causes.filter((cause): cause is Cause => typeof cause !== 'string');
  return weakest(...known) ?? causes[0];
}
