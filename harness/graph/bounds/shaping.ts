import { type Context, fresh, made, type Transfer } from './context.js';
import { holdsSigmoid } from './tables.js';
import { everything } from './unary.js';
import { hull, isBounded, opaqueIn, type Value } from './value.js';

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

/**
 * Some of the elements, or all in another order, from the input at a position; from a table, any number between its least
 * and its greatest, where these are known.
 */
export function chosen(position: number): Transfer {
  return (context, inputs) => {
    const input = inputs[position];
    if (input === undefined) return made(context, [], everything);
    if (!input.varies && inputs.some(({ varies }) => varies)) return lookedUp(context, input, inputs);
    return moved(context, input, context.numbering.fresh());
  };
}

function lookedUp(context: Context, table: Value, inputs: readonly Value[]): Value {
  const { low, high } = table;
  if (!isBounded(table)) return fresh(context, opaqueIn(inputs));
  const cause = table.numbers && holdsSigmoid(table.numbers) ? 'squash' : 'plain';
  return made(context, inputs, { low: { at: low.at, cause }, high: { at: high.at, cause } });
}

/** Elements of the input, or of what it is padded with: zeros, or the third input. */
export const padded: Transfer = (context, [input, , padding]) => {
  if (input === undefined) return made(context, [], everything);
  const zero = made(context, [], { low: { at: 0 }, high: { at: 0 } });
  const by = context.result.operation.node.op === 'PadV2' && padding ? padding : zero;
  return hull(context.numbering.fresh(), [input, by]);
};

function moved({ numbering }: Context, value: Value, id: number): Value {
  return { ...value, id, curve: value.curve && { ...value.curve, score: numbering.fresh() } };
}
