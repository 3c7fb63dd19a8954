/**
 * A 32-bit mixer with good avalanche (the "lowbias32" constants of Chris Wellons' hash-prospector).
 * Simple enough to reimplement in Python, so that both sides make the same pixels.
 */
export function mix(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** The start of the number stream of image `image` of a batch with this seed. */
export function streamOf(seed: number, image: number): number {
  return (Math.imul((seed ^ 0x9e3779b9) >>> 0, 0x85ebca6b) + Math.imul(image + 1, 0xc2b2ae35)) >>> 0;
}

/** The `index`-th number of a stream: a multiple of 2^-24 in [0, 1), exact in float32. */
export function uniform(stream: number, index: number): number {
  return (mix(stream + Math.imul(index + 1, 0x9e3779b1)) >>> 8) / 0x1000000;
}
