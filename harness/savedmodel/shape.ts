import type { TensorShapeProto } from './gen/tensor_pb.js';
import type { Shape } from './saved-model.js';

/** Dimensions of a shape as stored; a message that is not there is a scalar's shape. */
export function shapeOf(stored: TensorShapeProto | undefined): Shape {
  if (stored === undefined) return [];
  if (stored.unknownRank) return null;
  return stored.dim.map(({ size }) => (size < 0n ? null : Number(size)));
}

/** `[?, 224, 224, 3]`; an unknown rank is `[…]`. */
export function shapeText(shape: Shape): string {
  if (shape === null) return '[…]';
  return `[${shape.map((size) => size ?? '?').join(', ')}]`;
}
