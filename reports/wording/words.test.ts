import { expect, test } from 'vitest';
import { clipped, shortened, visible, visibleLines } from './visible.js';
import { batchInWords, duration } from './words.js';

test.each([
  [0, '0 ms'],
  [812.4, '812 ms'],
  [999.6, '1.0 s'],
  [5300, '5.3 s'],
  [59_949, '59.9 s'],
  [59_960, '1 min 0 s'],
  [125_000, '2 min 5 s'],
  [3_840_000, '1 h 4 min'],
])('%d ms is %s', (ms, words) => {
  expect(duration(ms)).toBe(words);
});

test('a batch in words', () => {
  const batch = { count: 1, height: 33, width: 32, pattern: 'noise', seed: 7 } as const;
  expect(batchInWords(batch)).toBe('1 image, 33×32, noise, seed 7');
  expect(batchInWords({ ...batch, count: 2, rows: [1, 0] })).toBe(
    '2 images (numbers 1, 0), 33×32, noise, seed 7',
  );
});

test('what could be taken for more than text is written out', () => {
  expect(visible('a\nb\u001b[0m\u202e\ud800 \u{1ffff}')).toBe('a\\nb\\u001b[0m\\u202e\\ud800 \\u{1ffff}');
  expect(visible('Grüße 🦊 👩‍🚀 日本')).toBe('Grüße 🦊 👩‍🚀 日本');
  expect(visibleLines('a\r\nb\tc')).toBe('a\nb\\tc');
});

test('a cut never halves a character', () => {
  expect(shortened('ab🦊cd', 4)).toBe('ab…');
  expect(clipped('ab🦊cd', 3)).toBe('ab… (6 characters)');
});
