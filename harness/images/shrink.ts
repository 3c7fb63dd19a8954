import type { SizeRange } from '../contract/contract.js';
import type { Batch, Pattern } from '../verdict/batch.js';
import type { BatchSpace } from './space.js';

/** Smaller batches than this one, the boldest steps first. Ends at one black image of the smallest size. */
export function* shrunk(batch: Batch, space: BatchSpace): IterableIterator<Batch> {
  for (const count of towards(batch.count, space.minCount, 1)) yield { ...batch, count };
  for (const height of sizesBelow(batch.height, space.height)) yield { ...batch, height };
  for (const width of sizesBelow(batch.width, space.width)) yield { ...batch, width };
  for (const pattern of simpler(batch.pattern)) yield { ...batch, pattern };
  for (const seed of towards(batch.seed, 0, 1)) yield { ...batch, seed };
}

const bySimplicity: readonly Pattern[] = ['black', 'white', 'flat', 'hot-pixel', 'noise'];

function simpler(pattern: Pattern): readonly Pattern[] {
  const place = bySimplicity.indexOf(pattern);
  return place === -1 ? bySimplicity : bySimplicity.slice(0, place);
}

function sizesBelow(size: number, range: SizeRange): IterableIterator<number> {
  return towards(size, range.min, range.step);
}

/** The smallest size, then halfway back to the value again and again, in whole steps. */
function* towards(value: number, goal: number, step: number): IterableIterator<number> {
  for (let gap = Math.floor((value - goal) / step); gap > 0; gap = Math.floor(gap / 2))
    yield value - gap * step;
}
