import { axesReduced } from '../shapes/axes.js';
import type { Context } from './context.js';
import { scalarOf, type Value } from './value.js';

/**
 * Axes, counted from the last, along which one of two inputs weighs the other: numbers that are added or subtracted, such as
 * the centers of distances, and factors of both signs. Factors of one sign are class weights or a confusion matrix.
 */
export function weightedBy(
  { graph, result }: Context,
  op: string,
  inputs: readonly Value[],
): readonly number[] {
  const before = inputs.flatMap(({ varies, weighted = [] }) => (varies ? weighted : []));
  const at = inputs.findIndex((value) => !value.varies && scalarOf(value) === undefined);
  const weights = inputs[at];
  if (weights === undefined || (isFactor(op) && !(weights.low.at < 0 && weights.high.at > 0))) return before;
  const shape = graph.inputShape(result.operation, at) ?? [];
  const axes = shape.flatMap((size, axis) => (size === 1 ? [] : [shape.length - 1 - axis]));
  return [...new Set([...before, ...axes])];
}

function isFactor(op: string): boolean {
  return op === 'Mul' || op === 'RealDiv';
}

/** Whether a reduction sums what weights were applied to. */
export function sumsWeighted({ graph, result }: Context, { weighted = [] }: Value): boolean {
  const reduced = axesReduced(graph, result);
  return weighted.length > 0 && (reduced === undefined || reduced.some((axis) => weighted.includes(axis)));
}
