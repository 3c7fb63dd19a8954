import type { ImageSize, SizeRange } from '../../harness/contract/contract.js';
import type { Size } from '../../harness/images/corners.js';

/**
 * The size at which an image is given to the model: its own where the spec allows that, else the recommended one, else
 * for each side the nearest that is allowed, the smaller one of two.
 */
export function givenSize(own: Size, { height, width, recommended }: ImageSize): Size {
  const near = { height: nearest(own.height, height), width: nearest(own.width, width) };
  if (near.height === own.height && near.width === own.width) return own;
  return recommended ? { height: recommended[0], width: recommended[1] } : near;
}

function nearest(size: number, { min, max, step }: SizeRange): number {
  const steps = Math.floor((max - min) / step);
  const wanted = Math.ceil((size - min) / step - 0.5);
  return min + step * Math.min(steps, Math.max(0, wanted));
}
