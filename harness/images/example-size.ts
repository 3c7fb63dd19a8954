import type { ImageSize, SizeRange } from '../contract/contract.js';
import type { Size } from './size.js';

/**
 * The size at which the model gets an image: its own where the spec allows it, else the recommended one, else
 * the nearest allowed one for each side, the smaller of two.
 */
export function exampleSize(own: Size, { height, width, recommended }: ImageSize): Size {
  const near = { height: nearest(own.height, height), width: nearest(own.width, width) };
  if (near.height === own.height && near.width === own.width) return own;
  return recommended ? { height: recommended[0], width: recommended[1] } : near;
}

function nearest(size: number, { min, max, step }: SizeRange): number {
  const steps = Math.floor((max - min) / step);
  const wanted = Math.ceil((size - min) / step - 0.5);
  return min + step * Math.min(steps, Math.max(0, wanted));
}
