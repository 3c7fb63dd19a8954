import { multiply, products } from './arithmetic.js';
import { type Context, fresh, made, type Transfer } from './context.js';
import { handsOnShares, type Matrix, matrixOf, rangeThrough } from './mixing-matrix.js';
import { squashOf } from './squash.js';
import { everything } from './unary.js';
import { type Numbers, opaqueIn, type Value } from './value.js';

export const matrixProduct: Transfer = (context, [a, b]) => {
  if (a === undefined || b === undefined) return made(context, [], everything);
  if (!b.varies) return throughKernel(context, a, b, isSet(context, /^(transpose_b|adj_y)$/));
  if (!a.varies) return throughKernel(context, b, a, !isSet(context, /^(transpose_a|adj_x)$/));
  return ofTwo(context, a, b);
};

/** An einsum that sums over nothing is a product, element by element; any other is a matrix product. */
export const einsum: Transfer = (context, [a, b]) => {
  const equation = context.result.operation.node.attributes.get('equation');
  const [taken = '', given = ''] = (equation?.kind === 'string' ? equation.value : '').split('->');
  const [first = '', second = ''] = taken.split(',');
  const summed = (labels: string) => [...labels].filter((label) => label !== '.' && !given.includes(label));
  if (a === undefined || b === undefined) return made(context, [], everything);
  if (summed(taken).length === 0) return multiply(context, [a, b]);
  const turned = (labels: string) => !given.includes(labels.at(-1) ?? '');
  if (!b.varies) return throughKernel(context, a, b, turned(second));
  return a.varies ? ofTwo(context, a, b) : throughKernel(context, b, a, turned(first));
};

/** A convolution: its second input is the kernel. */
export const convolution: Transfer = (context, [input, kernel]) => {
  if (input === undefined || kernel === undefined) return made(context, [], everything);
  return kernel.varies ? ofTwo(context, input, kernel) : throughKernel(context, input, kernel, false);
};

/** Each channel is convolved alone; a kernel of one sign, as a blur has, keeps them within a range. */
export const depthwise: Transfer = (context, [input, kernel]) => {
  if (input === undefined || kernel === undefined) return made(context, [], everything);
  if (squashOf(input)?.shownBy !== 'always' || kernel.varies || !(kernel.low.at >= 0))
    return learned(context, input);
  const most = kernel.numbers ? greatestSum(kernel.numbers) : Number.POSITIVE_INFINITY;
  return made(context, [input], products(input, { low: { at: 0 }, high: { at: most } }));
};

/**
 * A layer with weights. What it gives may be any number, whatever it takes, since its weights may be: only a matrix that
 * hands shares on is told from one that was learned.
 */
function throughKernel(context: Context, input: Value, kernel: Value, transposed: boolean): Value {
  if (!input.varies) return kernel.varies ? learned(context, kernel) : made(context, [], everything);
  if (squashOf(input)?.shownBy !== 'always') return learned(context, input);
  if (kernel.shares) return made(context, [input], { low: input.low, high: input.high });
  const matrix = kernel.numbers && matrixOf(kernel.numbers, transposed);
  if (matrix === undefined || !handsOnShares(matrix)) return learned(context, input);
  return handedOn(context, input, matrix);
}

function handedOn(context: Context, input: Value, matrix: Matrix): Value {
  const [low, high] = rangeThrough(matrix, input);
  const cause = input.low.cause ?? input.high.cause;
  return made(context, [input], {
    low: { at: low, cause: input.low.cause ?? cause },
    high: { at: high, cause: input.high.cause ?? cause },
  });
}

/** Both depend on the images: attention, which takes means, or a similarity. */
function ofTwo(context: Context, a: Value, b: Value): Value {
  if (a.shares && a.low.at >= 0) return made(context, [b, a], { low: b.low, high: b.high, shares: b.shares });
  if (b.shares && b.low.at >= 0) return ofTwo(context, b, a);
  if (!(a.low.at >= 0 && b.low.at >= 0)) return fresh(context, opaqueIn([a, b]));
  const { low } = products(a, b);
  return made(context, [a, b], { low: { at: 0, cause: low.cause }, high: everything.high });
}

function learned(context: Context, input: Value): Value {
  return input.varies ? fresh(context) : made(context, [], everything);
}

function isSet({ result }: Context, name: RegExp): boolean {
  const { attributes } = result.operation.node;
  return [...attributes].some(
    ([key, attribute]) => name.test(key) && attribute.kind === 'bool' && attribute.value,
  );
}

/** Of a kernel [height, width, inputs, multiplier]: the greatest sum over its window. */
function greatestSum({ shape, values }: Numbers): number {
  const channels = shape.slice(2).reduce((product, size) => product * size, 1);
  const sums = new Float64Array(channels);
  for (let at = 0; at < values.length; at++)
    sums[at % channels] = (sums[at % channels] ?? 0) + (values[at] ?? 0);
  return Math.max(...sums);
}
