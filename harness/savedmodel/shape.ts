import type { TensorShapeProto } from './gen/tensor_pb.js';
import type { Shape } from './saved-model.js';

/** Dimensions of a shape as stored; a message that is not there is a scalar's shape. */
export function shapeOf(stored: TensorShapeProto | undefined): Shape {
  if (stored === undefined) return [];
  if (stored.unknownRank) return null;
  return stored.dim.map(({ size }) => (size < 0n ? null : Number(size)));
}

/** Whether two shapes can be those of one tensor: unknown sizes and ranks match anything. */
export function compatibleShapes(a: Shape, b: Shape): boolean {
  if (a === null || b === null) return true;
  return a.length === b.length && a.every((size, at) => size === null || (b[at] ?? size) === size);
}

/** `[?, 224, 224, 3]`; an unknown rank is `[…]`. */
export function shapeText(shape: Shape): string {
  if (shape === null) return '[…]';
  return `[${shape.map((size) => size ?? '?').join(', ')}]`;
}
