import { expect, test } from 'vitest';
import { sizePatternIn } from './size-pattern.js';
import type { TriedCase } from './tried-case.js';

const sides = [16, 17, 20, 31, 32, 48];
const sizes = sides.flatMap((height) => sides.map((width) => ({ height, width })));

/** Every size, those failing of which this is true. */
function failing(fails: (size: { height: number; width: number }) => boolean): TriedCase[] {
  return sizes.map((size) => {
    const batch = { count: 1, pattern: 'noise', seed: 1, ...size } as const;
    return { batch, outcome: fails(size) ? 'fail' : 'pass', drawn: false };
  });
}

test.each([
  ['only sizes that are not square fail: 30 of 30; 6 others pass', failing((s) => s.height !== s.width)],
  [
    'only sizes with an odd side fail: 20 of 20; 16 others pass',
    failing((s) => (s.height % 2) + (s.width % 2) > 0),
  ],
  [
    'only sizes with a side that is no multiple of 8 fail: 27 of 27; 9 others pass',
    failing((s) => (s.height % 8) + (s.width % 8) > 0),
  ],
  ['only sizes with a width of 32 or more fail: 12 of 12; 24 others pass', failing((s) => s.width >= 32)],
  [
    'only sizes with a longer side of 20 or less fail: 9 of 9; 27 others pass',
    failing((s) => s.height <= 20 && s.width <= 20),
  ],
  ['every size tried fails: 36 of 36', failing(() => true)],
  ['every size tried but 17×31 fails: 35 of 35', failing((s) => s.height !== 17 || s.width !== 31)],
  [undefined, failing((s) => (s.height * 7 + s.width * 3) % 5 === 1)],
  [undefined, failing((s) => s.height === 16 && s.width === 16)],
  [undefined, []],
])('says %s', (pattern, tried) => {
  expect(sizePatternIn(tried)).toBe(pattern);
});

test('sizes that were left out count for nothing', () => {
  const tried = failing((size) => size.width > 40).map(
    (one): TriedCase => (one.batch.height > 40 ? { ...one, outcome: 'left-out' } : one),
  );
  expect(sizePatternIn(tried)).toBe('only sizes with a width of 48 or more fail: 5 of 5; 25 others pass');
});
