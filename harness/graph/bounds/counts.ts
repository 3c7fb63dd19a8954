import type { Shape } from '../../savedmodel/saved-model.js';
import { positionOf } from '../ops/arguments.js';
import { factsOf } from '../ops/catalogue.js';
import { add } from './arithmetic.js';
import { type Context, fresh, made, type NewEnd, type Transfer } from './context.js';
import { everything } from './unary.js';
import { opaqueIn, type Value } from './value.js';

/** How many numbers of a sorted sequence are less than a value: none of them to all. */
export const placeIn: Transfer = (context, inputs) =>
  counted(context, inputs, shapeOfInput(context, 0)?.at(-1) ?? undefined);

/** Between which of so many boundaries a value lies. */
export const bucket: Transfer = (context, inputs) => {
  const boundaries = context.result.operation.node.attributes.get('boundaries');
  return counted(context, inputs, boundaries?.kind === 'list' ? boundaries.items.length : undefined);
};

/** How many items fall into each bin, or the sum of their weights. Items of a row fill bins of their own. */
export const binned: Transfer = (context, inputs) => {
  const { node } = context.result.operation;
  const weights = inputs[positionOf(factsOf(node.op)?.takes ?? '', 'weights') ?? inputs.length];
  const items = shapeOfInput(context, 0);
  const known = /^(Dense)?Bincount$|^Histogram/.test(node.op);
  const binary = node.attributes.get('binary_output');
  if (binary?.kind === 'bool' && binary.value) return counted(context, inputs, 1);
  const isOne = weights === undefined || (weights.size ?? weights.numbers?.values.length) === 0;
  return counted(context, inputs, known ? itemsIn(items) : undefined, isOne ? undefined : weights);
};

/** Numbers added up at places that the images decide: votes, where the numbers do not vary; else as `otherwise` says. */
export function addedAt(position: number, otherwise: Transfer): Transfer {
  return (context, inputs) => {
    const weights = inputs[position];
    const [start] = inputs;
    if (weights === undefined || weights.varies || !inputs.some(({ varies }) => varies))
      return otherwise(context, inputs);
    const items = shapeOfInput(context, position)?.reduce(product, 1) ?? undefined;
    const votes = counted(context, inputs, items, weights);
    return context.result.operation.node.op === 'TensorScatterAdd' && start
      ? add(context, [start, votes])
      : votes;
  };
}

/** So many items at most, each of a weight that is not negative; without weights, each is one. */
function counted(
  context: Context,
  inputs: readonly Value[],
  items: number | undefined,
  weights?: Value,
): Value {
  if (!inputs.some(({ varies }) => varies)) return made(context, [], everything);
  if (weights && !(weights.low.at >= 0)) return fresh(context, opaqueIn(inputs));
  const most = (weights?.high.at ?? 1) * (items ?? Number.POSITIVE_INFINITY);
  const end = (at: number, of: NewEnd | undefined): NewEnd => ({
    at,
    cause: weights?.varies ? of?.cause : 'squash',
  });
  return made(context, inputs, { low: end(0, weights?.low), high: end(most, weights?.high), shares: false });
}

function itemsIn(shape: Shape): number | undefined {
  const items = shape && shape.length > 1 ? shape.at(-1) : shape?.reduce(product, 1);
  return items ?? undefined;
}

function product(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one * other;
}

function shapeOfInput({ graph, result }: Context, position: number): Shape {
  return graph.inputShape(result.operation, position);
}
