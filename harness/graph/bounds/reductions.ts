import { axesReduced } from '../shapes/axes.js';
import { type Context, fresh, type Made, made, type Transfer } from './context.js';
import { type Curve, identityCurve, mapCurve } from './curve.js';
import { square } from './functions.js';
import { noMoreThan } from './relations.js';
import { everything, image } from './unary.js';
import { isBounded, type Value } from './value.js';
import { sumsWeighted } from './weights.js';

/** A mean over any axes, or what lies between its inputs otherwise: pooling, resizing. */
export const between: Transfer = (context, [input]) => {
  if (input === undefined) return made(context, [], everything);
  if (sumsWeighted(context, input)) return ofLayer(context, input);
  return made(context, [input], { low: input.low, high: input.high, curve: pooled(context, input) });
};

/** What a layer with weights gives: any number, or any of one sign where all that it sums has it, as squared distances have. */
function ofLayer(context: Context, input: Value): Value {
  const [low, high] = [input.low.at >= 0 ? 0 : undefined, input.high.at <= 0 ? 0 : undefined];
  if (low === high) return fresh(context, input.opaque);
  const least = { at: low ?? Number.NEGATIVE_INFINITY, cause: 'plain' } as const;
  const most = { at: high ?? Number.POSITIVE_INFINITY, cause: 'plain' } as const;
  const curve = identityCurve(context.numbering.fresh(), least.at, most.at);
  return { ...made(context, [input], { low: least, high: most, curve, shares: false }), trail: [] };
}

export const greatest: Transfer = (context, [input]) => {
  if (input === undefined) return made(context, [], everything);
  return made(context, [input], {
    id: reducedId(context, input),
    low: input.low,
    high: input.high,
    curve: pooled(context, input),
    atLeast: noMoreThan(input),
  });
};

export const least: Transfer = (context, [input]) => {
  if (input === undefined) return made(context, [], everything);
  return {
    ...between(context, [input]),
    id: reducedId(context, input),
    atMost: new Map([[input.id, 'plain']]),
  };
};

export const sum: Transfer = (context, [input]) => {
  if (input === undefined) return made(context, [], everything);
  if (sumsWeighted(context, input)) return ofLayer(context, input);
  const count = countReduced(context);
  const [low, high] = [times(input.low.at, count, -1), times(input.high.at, count, 1)];
  return made(context, [input], {
    id: reducedId(context, input),
    low: { at: low, cause: input.low.cause },
    high: { at: high, cause: input.high.cause },
    curve: isBounded(input)
      ? (count && pooled(context, input, count)) || undefined
      : identityCurve(context.numbering.fresh(), low, high),
    ...(input.low.at >= 0 && { atLeast: noMoreThan(input, 'squash') }),
  });
};

/** A product of numbers from 0 to 1 is one itself. */
export const productOfAll: Transfer = (context, [input]) => {
  if (input === undefined) return made(context, [], everything);
  const unit = input.low.at >= 0 && input.high.at <= 1;
  return unit
    ? made(context, [input], { low: { at: 0, cause: input.low.cause ?? input.high.cause }, high: input.high })
    : unknown(context, input);
};

/** The root of a sum of squares. */
export const norm: Transfer = (context, [input]) => {
  if (input === undefined) return made(context, [], everything);
  return made(context, [input], {
    low: { at: Math.max(0, image(square, input).low.at), cause: 'plain' },
    high: everything.high,
  });
};

function unknown(context: Context, input: Value): Value {
  return input.varies ? fresh(context, input.opaque) : made(context, [], everything);
}

/** So many times the same answer, to what the scores reduced have in common. */
function pooled({ numbering }: Context, { curve }: Value, count = 1): Curve | undefined {
  return curve && mapCurve({ ...curve, score: numbering.fresh() }, (value) => value * count);
}

function reducedId({ graph, result, numbering }: Context, { id }: Value): number {
  const axes = axesReduced(graph, result);
  return axes ? numbering.of(`${result.operation.node.op} over ${axes}`, [id]) : numbering.fresh();
}

/** How many numbers become one; undefined where the graph does not say. */
function countReduced({ graph, result }: Context): number | undefined {
  const shape = graph.inputShape(result.operation, 0);
  const axes = axesReduced(graph, result);
  if (shape === null || axes === undefined) return undefined;
  const sizes = axes.map((axis) => shape.at(-1 - axis) ?? undefined);
  return sizes.reduce<number | undefined>(
    (product, size) => (product === undefined || size === undefined ? undefined : product * size),
    1,
  );
}

/** A sum of unknown length has no end but 0. */
function times(at: number, count: number | undefined, side: 1 | -1): number {
  if (at === 0 || count !== undefined) return at === 0 ? 0 : at * (count ?? 1);
  return at * side > 0 ? side * Number.POSITIVE_INFINITY : 0;
}

/** Running sums; those of shares stay below the whole. */
export const runningSum: Transfer = (context, [input]) => {
  if (input === undefined) return made(context, [], everything);
  const { low, high, shares } = input;
  if (shares && low.at >= 0) return made(context, [input], { low, high });
  return made(context, [input], {
    low: { at: Math.min(low.at, times(low.at, undefined, -1)), cause: low.cause },
    high: { at: Math.max(high.at, times(high.at, undefined, 1)), cause: high.cause },
  });
};

export const softmax: Transfer = (context, [input]) => {
  if (input === undefined) return made(context, [], everything);
  const positive: Made = { low: { at: 0, cause: 'squash' }, high: { at: 1, cause: 'squash' }, shares: true };
  return made(context, [input], { ...positive, id: context.numbering.of('Softmax', [input.id]) });
};

export const logSoftmax: Transfer = (context, [input]) => {
  if (input === undefined) return made(context, [], everything);
  const id = context.numbering.of('LogSoftmax', [input.id]);
  return made(context, [input], { id, low: everything.low, high: { at: 0, cause: 'squash' }, shares: true });
};

/** Minus the logarithm of the softmax at a label. */
export const crossEntropy: Transfer = (context, inputs) =>
  made(context, inputs, { low: { at: 0, cause: 'squash' }, high: everything.high, shares: true });
