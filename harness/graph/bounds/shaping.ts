import type { Context, Transfer } from './context.js';
import { made } from './context.js';
import { everything } from './unary.js';
import { hull, type Value } from './value.js';

/** Hands on what it is given, element by element. */
export const same: Transfer = (context, [input]) => input ?? made(context, [], everything);

/** As `same`, from one of several inputs. */
export function sameAs(position: number): Transfer {
  return (context, inputs) => same(context, inputs.slice(position, position + 1));
}

/** The same elements in another shape: combined with others element by element, they are no longer the same. */
export const reshaped: Transfer = (context, [input]) => {
  if (input === undefined) return made(context, [], everything);
  return moved(context, input, input.id);
};

/** Some of the elements, or all in another order, from the input at a position. */
export function chosen(position: number): Transfer {
  return (context, inputs) => {
    const input = inputs[position];
    return input === undefined
      ? made(context, [], everything)
      : moved(context, input, context.numbering.fresh());
  };
}

/** Elements of the input, or zeros. */
export const padded: Transfer = (context, [input]) => {
  if (input === undefined) return made(context, [], everything);
  const zero = made(context, [], { low: { at: 0 }, high: { at: 0 } });
  return hull(context.numbering.fresh(), [input, zero]);
};

function moved({ numbering }: Context, value: Value, id: number): Value {
  return { ...value, id, curve: value.curve && { ...value.curve, score: numbering.fresh() } };
}
