import fc from 'fast-check';
import type { SizeRange } from '../contract/contract.js';
import type { Batch, Pattern } from '../verdict/batch.js';
import { shrunk } from './shrink.js';
import type { BatchSpace } from './space.js';

/** Random batches of a space; each shrinks to the smallest image and batch that still fails. */
export function batchesIn(space: BatchSpace): fc.Arbitrary<Batch> {
  return new BatchArbitrary(space);
}

const randomPatterns: readonly Pattern[] = [
  'noise',
  'noise',
  'noise',
  'mixed',
  'mixed',
  'blobs',
  'gradient',
  'checkerboard',
  'flat',
  'hot-pixel',
  'flat-channels',
  'letterbox',
  'faint',
  'halftone',
];

/** Random cases stay below this share of the limit; corners may use all of it. */
const randomShare = 1 / 64;

class BatchArbitrary extends fc.Arbitrary<Batch> {
  readonly #space: BatchSpace;

  constructor(space: BatchSpace) {
    super();
    this.#space = space;
  }

  override generate(random: fc.Random): fc.Value<Batch> {
    const { minCount, pixelsPerCall, height: heights, width: widths } = this.#space;
    const height = sizeIn(random, heights, pixelsPerCall / (widths.min * minCount));
    const width = sizeIn(random, widths, pixelsPerCall / (height * minCount));
    const maxCount = Math.max(minCount, Math.floor((pixelsPerCall * randomShare) / (height * width)));
    const pattern = randomPatterns[random.nextInt(0, randomPatterns.length - 1)] ?? 'noise';
    const count = countIn(random, minCount, maxCount);
    return new fc.Value({ count, height, width, pattern, seed: random.nextInt(0, 0x7fffffff) }, undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is Batch {
    return typeof value === 'object' && value !== null && 'pattern' in value;
  }

  override shrink(batch: Batch): fc.Stream<fc.Value<Batch>> {
    return fc.stream(shrunk(batch, this.#space)).map((smaller) => new fc.Value(smaller, undefined));
  }
}

/** Three of four sizes come from the lower quarter of the range, where calls are cheap; the corners cover the rest. */
function sizeIn(random: fc.Random, { min, max, step }: SizeRange, limit: number): number {
  const steps = Math.max(0, Math.floor((Math.min(max, limit) - min) / step));
  const maxCount = random.nextInt(0, 3) > 0 ? Math.ceil(steps / 4) : steps;
  return min + step * random.nextInt(0, maxCount);
}

function countIn(random: fc.Random, least: number, maxCount: number): number {
  const usual = random.nextInt(0, 3) === 0 ? 16 : 4;
  return random.nextInt(least, Math.max(least, Math.min(maxCount, usual)));
}
