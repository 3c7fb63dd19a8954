import type { SizeRange } from '../contract/contract.js';
import type { Batch, Pattern } from '../verdict/batch.js';
import { variety } from './painters.js';
import { imageNumbers } from './pixels.js';
import type { BatchSpace } from './space.js';

/** Smaller batches than this one, the boldest steps first. Ends at one black image of the smallest size. */
export function* shrunk(batch: Batch, space: BatchSpace): IterableIterator<Batch> {
  for (const count of towards(batch.count, space.minCount, 1)) yield first(batch, count);
  yield* lastOf(batch, space.minCount);
  if (batch.rows) yield inOrder(batch);
  for (const height of sizesBelow(batch.height, space.height)) yield { ...batch, height };
  for (const width of sizesBelow(batch.width, space.width)) yield { ...batch, width };
  for (const pattern of simpler(batch.pattern)) yield { ...batch, pattern };
  for (const seed of towards(batch.seed, 0, 1)) yield { ...batch, seed };
}

const bySimplicity: readonly Pattern[] = ['black', 'white', 'flat', 'hot-pixel', 'noise'];

/** A mixed batch may hang on one of its images, which a batch of that image's pattern has in the same place. */
function simpler(pattern: Pattern): readonly Pattern[] {
  if (pattern === 'mixed') return [...bySimplicity, ...variety.filter((one) => !bySimplicity.includes(one))];
  const place = bySimplicity.indexOf(pattern);
  return place === -1 ? bySimplicity : bySimplicity.slice(0, place);
}

/** The first images of a batch. */
function first({ rows, ...batch }: Batch, count: number): Batch {
  return { ...batch, count, ...(rows ? { rows: rows.slice(0, count) } : {}) };
}

/** As many images, by their numbers from 0. */
function inOrder({ rows: _, ...batch }: Batch): Batch {
  return batch;
}

/** The later half of a batch, and all but its first image: what fails may hang on one of the last. */
function* lastOf(batch: Batch, minCount: number): IterableIterator<Batch> {
  for (const count of [Math.ceil(batch.count / 2), batch.count - 1]) {
    if (count >= minCount && count < batch.count && count > 0)
      yield { ...batch, count, rows: imageNumbers(batch).slice(-count) };
  }
}

function sizesBelow(size: number, range: SizeRange): IterableIterator<number> {
  return towards(size, range.min, range.step);
}

/** The smallest size, then halfway back to the value again and again, in whole steps. */
function* towards(value: number, goal: number, step: number): IterableIterator<number> {
  for (let gap = Math.floor((value - goal) / step); gap > 0; gap = Math.floor(gap / 2))
    yield value - gap * step;
}
