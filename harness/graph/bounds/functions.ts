import type { CauseKind } from './end.js';

/** A function of one number. */
export type Function1 = {
  readonly f: (x: number) => number;
  /** Why it is bounded where its argument is not. */
  readonly levels?: CauseKind;
  /** Where it turns from falling to rising or back. */
  readonly turns?: readonly number[];
  /** The range of a function that turns again and again. */
  readonly within?: readonly [low: number, high: number];
  /** It is of numbers in [-1, 1] alone: what cuts off there, or just before, only guards it against NaN. */
  readonly guarded?: boolean;
};

export const reciprocal: Function1 = { f: (x) => 1 / x, levels: 'squash' };
export const square: Function1 = { f: (x) => x * x, turns: [0] };
const rounded: Function1 = { f: Math.round };

/** TensorFlow's elementwise functions of one argument, by operation. */
export const functions: Readonly<Record<string, Function1>> = {
  Acos: { f: Math.acos, guarded: true },
  Acosh: { f: (x) => Math.acosh(Math.max(1, x)) },
  Asin: { f: Math.asin, guarded: true },
  Asinh: { f: Math.asinh },
  Atan: { f: Math.atan, levels: 'squash' },
  Atanh: { f: Math.atanh },
  Ceil: { f: Math.ceil },
  Cos: { f: Math.cos, levels: 'squash', within: [-1, 1] },
  Cosh: { f: Math.cosh, turns: [0] },
  Elu: { f: (x) => (x > 0 ? x : Math.expm1(x)), levels: 'soft' },
  Erf: { f: erf, levels: 'squash' },
  Erfc: { f: (x) => 1 - erf(x), levels: 'squash' },
  Exp: { f: Math.exp, levels: 'exponential' },
  Expm1: { f: Math.expm1, levels: 'exponential' },
  Floor: { f: Math.floor },
  Inv: reciprocal,
  Log: { f: (x) => (x > 0 ? Math.log(x) : Number.NEGATIVE_INFINITY) },
  Log1p: { f: (x) => (x > -1 ? Math.log1p(x) : Number.NEGATIVE_INFINITY) },
  Neg: { f: (x) => -x },
  Reciprocal: reciprocal,
  Relu: { f: (x) => Math.max(0, x), levels: 'clip' },
  Relu6: { f: (x) => Math.min(6, Math.max(0, x)), levels: 'clip' },
  Rint: rounded,
  Round: rounded,
  Rsqrt: { f: (x) => 1 / Math.sqrt(Math.max(0, x)), levels: 'squash' },
  Selu: { f: (x) => 1.0507 * (x > 0 ? x : 1.67326 * Math.expm1(x)), levels: 'soft' },
  Sigmoid: { f: (x) => 1 / (1 + Math.exp(-x)), levels: 'squash' },
  Sign: { f: Math.sign, levels: 'squash' },
  Sin: { f: Math.sin, levels: 'squash', within: [-1, 1] },
  Sinh: { f: Math.sinh },
  Softplus: { f: (x) => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x))), levels: 'soft' },
  Softsign: { f: (x) => (Number.isFinite(x) ? x / (1 + Math.abs(x)) : Math.sign(x)), levels: 'squash' },
  Sqrt: { f: (x) => Math.sqrt(Math.max(0, x)) },
  Square: square,
  Tanh: { f: Math.tanh, levels: 'squash' },
};

/** The error function, to 1.5e-7. Source: Abramowitz and Stegun, 7.1.26. */
function erf(x: number): number {
  if (x < 0) return -erf(-x);
  const t = 1 / (1 + 0.3275911 * x);
  const polynomial =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return 1 - polynomial * Math.exp(-x * x);
}
