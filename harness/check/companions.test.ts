import { describe, expect, test } from 'vitest';
import { imageNumbers } from '../images/pixels.js';
import type { Batch } from '../verdict/batch.js';
import { lastAlone, rowPairs } from './companions.js';

const batch = (count: number, seed: number): Batch => ({
  count,
  height: 8,
  width: 8,
  pattern: 'mixed',
  seed,
});
const seeds = Array.from({ length: 60 }, (_, seed) => seed);
const some = [1, 2, 3, 7, 33].flatMap((count) => seeds.map((seed) => batch(count, seed)));
const imageAt = ({ batch, row }: { batch: Batch; row: number }) => imageNumbers(batch)[row];

describe('pairs of rows', () => {
  test.each(some)('$count images, seed $seed: are of the same image', (one) => {
    const pairs = rowPairs(one);
    expect(pairs.length).toBeGreaterThan(0);
    expect(pairs.filter((pair) => imageAt(pair.one) !== imageAt(pair.other))).toEqual([]);
  });

  test.each(some)('$count images, seed $seed: neighbours differ in nothing but the neighbours', (one) => {
    for (const pair of rowPairs(one).filter(({ relation }) => relation === 'neighbours')) {
      expect(pair.other.row).toBe(pair.one.row);
      expect({ ...pair.other.batch, rows: [] }).toEqual({ ...pair.one.batch, rows: [] });
      expect(pair.other.batch.rows).toHaveLength(pair.one.batch.count);
      expect(imageNumbers(pair.other.batch)).not.toEqual(imageNumbers(pair.one.batch));
    }
  });

  test.each([1, 2, 3, 7])('%d images: over some seeds, every relation is there', (count) => {
    const relations = new Set(
      seeds.flatMap((seed) => rowPairs(batch(count, seed)).map(({ relation }) => relation)),
    );
    expect([...relations].sort()).toEqual(
      count === 1 ? ['count', 'neighbours'] : ['count', 'neighbours', 'place'],
    );
  });

  test('the last image is called alone for one of the seeds', () => {
    const alone = rowPairs(batch(301, lastAlone)).filter(({ relation }) => relation === 'count');
    expect(alone.map(({ one, other }) => [one.row, other.batch.count])).toEqual([[300, 1]]);
  });

  test('each row stays while each other is replaced, so that no coupling of two rows can hide', () => {
    const seen = new Set(
      seeds.flatMap((seed) =>
        rowPairs(batch(5, seed)).flatMap(({ relation, one, other }) => {
          if (relation !== 'neighbours') return [];
          const [before, after] = [imageNumbers(one.batch), imageNumbers(other.batch)];
          return before.flatMap((image, row) => (after[row] === image ? [] : [`${one.row} beside ${row}`]));
        }),
      ),
    );
    expect(seen.size).toBe(5 * 4);
  });
});
