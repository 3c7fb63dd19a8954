import type { Attribute, Shape } from '../../savedmodel/saved-model.js';
import type { Operation } from '../flow/symbolic-tensor.js';
import type { Graph } from './graph.js';

/**
 * The shape of what a window is moved over, channels last: of a convolution or a pooling. Only the number of images and of places
 * is inferred; the channels are recorded. Null for another operation.
 */
export function windowShape(graph: Graph, operation: Operation): Shape {
  const { op, attributes } = operation.node;
  if (!/^(Conv[23]D|DepthwiseConv2dNative|MaxPool|AvgPool)$/.test(op)) return null;
  const shape = graph.inputShape(operation, 0);
  const format = attributes.get('data_format');
  const isUsual = format?.kind !== 'string' || format.value === 'NHWC';
  if (shape?.length !== 4 || !isUsual) return shape?.map(() => null) ?? null;
  const [strides, dilations] = [numbersOf(attributes.get('strides')), numbersOf(attributes.get('dilations'))];
  const window = /Pool$/.test(op)
    ? numbersOf(attributes.get('ksize'))
    : [1, ...(graph.inputShape(operation, 1) ?? [])];
  const given = attributes.get('padding');
  const padding = given?.kind === 'string' ? given.value : undefined;
  return shape.map((size, axis) => {
    if (axis === 0) return size;
    const [side, stride] = [window[axis], strides[axis]];
    if (axis === 3 || size === null || stride === undefined) return null;
    if (padding === 'SAME') return Math.ceil(size / stride);
    if (padding !== 'VALID' || typeof side !== 'number') return null;
    return Math.ceil((size - (side - 1) * (dilations[axis] ?? 1)) / stride);
  });
}

function numbersOf(attribute: Attribute | undefined): readonly number[] {
  const items = attribute?.kind === 'list' ? attribute.items : [];
  return items.map((item) => (item.kind === 'int' ? Number(item.value) : 1));
}
