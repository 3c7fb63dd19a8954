import { divide, squared, subtract } from './arithmetic.js';
import { type Context, fresh, made, type Transfer } from './context.js';
import { type Function1, reciprocal, square } from './functions.js';
import { everything, unary } from './unary.js';
import { opaqueIn, scalarOf, type Value } from './value.js';

export const power: Transfer = (context, [base, exponent]) => {
  if (base === undefined || exponent === undefined) return made(context, [], everything);
  const [root, to] = [scalarOf(base), scalarOf(exponent)];
  if (to !== undefined) return toThe(to, context, base);
  if (root !== undefined && root > 0)
    return unary(`${root}^`, { f: (x) => root ** x, levels: 'exponential' })(context, [exponent]);
  return base.varies || exponent.varies
    ? fresh(context, opaqueIn([base, exponent]))
    : made(context, [], everything);
};

function toThe(exponent: number, context: Context, base: Value): Value {
  if (exponent === 2) return squared(context, [base]);
  if (exponent < 0) return unary('Reciprocal', reciprocal)(context, [toThe(-exponent, context, base)]);
  return unary(`^${exponent}`, powerOf(exponent))(context, [base]);
}

function powerOf(exponent: number): Function1 {
  if (exponent % 2 === 0) return { ...square, f: (x) => x ** exponent };
  const odd = exponent % 2 === 1;
  return { f: (x) => (odd ? x : Math.max(0, x)) ** exponent };
}

export const squaredDifference: Transfer = (context, inputs) => squared(context, [subtract(context, inputs)]);

/** Division and then rounding down. */
export const floorDivide: Transfer = (context, inputs) =>
  unary('Floor', { f: Math.floor })(context, [divide(context, inputs)]);

/** The rest of a division by a positive number. */
export const remainder: Transfer = (context, inputs) => {
  const [, divisor] = inputs;
  const to = divisor && scalarOf(divisor);
  if (to === undefined || to <= 0) return fresh(context, opaqueIn(inputs));
  return made(context, inputs, { low: { at: 0, cause: 'squash' }, high: { at: to, cause: 'squash' } });
};

/** Functions that lie in a range whatever they are given: the incomplete gamma function, angles. */
export function always(low: number, high: number): Transfer {
  return (context, inputs) =>
    made(context, inputs, {
      low: { at: low, cause: 'squash' },
      high: { at: high, cause: 'squash' },
      shares: false,
    });
}
