import type { Attribute } from '../../savedmodel/saved-model.js';
import { add, multiply, subtract } from './arithmetic.js';
import { fresh, made, type Transfer } from './context.js';
import { clip } from './extremes.js';
import { same } from './shaping.js';
import { everything, unary } from './unary.js';
import { isFree, opaqueIn } from './value.js';

/** Batch normalisation, by moving averages: shifts and scales each channel. */
export const normalised: Transfer = (context, inputs) => {
  const [input, scale, offset, mean, variance] = inputs;
  const { output, operation } = context.result;
  const byBatch = operation.node.attributes.get('is_training');
  if (
    !input?.varies ||
    scale === undefined ||
    offset === undefined ||
    mean === undefined ||
    variance === undefined
  )
    return made(context, inputs, everything);
  if (isFree(input) || output !== 'y' || (byBatch?.kind === 'bool' && byBatch.value))
    return fresh(context, opaqueIn(inputs));
  const epsilon = numberIn(operation.node.attributes.get('epsilon')) ?? 1e-4;
  const rsqrt = (value: number) => 1 / Math.sqrt(Math.max(0, value) + epsilon);
  const factor = multiply(context, [scale, unary('Rsqrt', { f: rsqrt })(context, [variance])]);
  return add(context, [multiply(context, [subtract(context, [input, mean]), factor]), offset]);
};

/** Rounds to a grid between two numbers, for training with quantisation. */
export const quantized: Transfer = (context, [input, low, high]) => {
  const { attributes } = context.result.operation.node;
  const end = (name: string, fallback: number) => {
    const at = numberIn(attributes.get(name)) ?? fallback;
    return made(context, [], { low: { at }, high: { at } });
  };
  return clip(context, input ? [input, low ?? end('min', -6), high ?? end('max', 6)] : []);
};

/** What is not negative stays as it is. */
export const absolute: Transfer = (context, inputs) => {
  const [input] = inputs;
  if (input?.varies && input.low.at >= 0) return input;
  return unary('Abs', { f: Math.abs, turns: [0] })(context, inputs);
};

export const summed: Transfer = (context, [first, ...others]) =>
  others.reduce((sum, each) => add(context, [sum, each]), same(context, first ? [first] : []));

export const leaky: Transfer = (context, inputs) => {
  const alpha = numberIn(context.result.operation.node.attributes.get('alpha')) ?? 0.2;
  return unary(`LeakyRelu ${alpha}`, { f: (x) => (x > 0 ? x : alpha * x) })(context, inputs);
};

/** Conversion to another dtype: of whole numbers, the part before the point; of bools, whether it is not 0. */
export const toType: Transfer = (context, inputs) => {
  const to = context.result.operation.node.attributes.get('DstT');
  const dtype = to?.kind === 'type' ? to.value : '';
  const [input] = inputs;
  if (/float|half|double/.test(dtype) || input === undefined) return same(context, inputs);
  if (dtype === 'uint8' && isFree(input))
    return made(context, inputs, { low: { at: 0, cause: 'plain' }, high: { at: 255, cause: 'plain' } });
  if (dtype === 'bool')
    return unary('bool', { f: Math.abs, within: [0, 1], levels: 'squash' })(context, inputs);
  return unary('Cast', { f: Math.trunc })(context, inputs);
};

function numberIn(attribute: Attribute | undefined): number | undefined {
  return attribute?.kind === 'float' ? attribute.value : undefined;
}

/** Sizes and counts: whole numbers that do not depend on what the images show. */
export const count: Transfer = (context) => made(context, [], { low: { at: 0 }, high: everything.high });

/** The same number in each place. */
export function filledWith(at: number): Transfer {
  return (context) => made(context, [], { low: { at }, high: { at } });
}
