import { expect, test } from 'vitest';
import { page } from './page.js';
import type { Row } from './rows.js';

const itself: Row = { model: 'a', seed: 1, answer: 'identical', why: '' };
const broken: Row = { model: 'a', twin: 'b', seed: 1, answer: 'not-a-replacement', why: 'One difference.' };

test('all answers are right', () => {
  const text = page([itself, { ...itself, seed: 2 }, broken], 2, '2.21.0');
  expect(text).toContain('✅ **It holds.**\n\n- 1 conforming model, compared with itself at 2 seeds');
  expect(text).toContain('| not-a-replacement | 1 |');
});

test.each<[string, Row]>([
  ['a model that is not its own replacement', { ...itself, answer: 'another-function' }],
  ['nor could be asked', { ...itself, answer: 'undecided' }],
  ['a broken model that is taken for a replacement', { ...broken, answer: 'drop-in' }],
])('%s', (_, row) => {
  expect(page([itself, broken, row], 1, '2.21.0')).toContain('❌ **It does not hold: 1 wrong answer.**');
});

test('a broken model that is as good as the sound one counts for nothing', () => {
  const text = page([itself, { ...broken, answer: 'identical', nothingLost: true }], 1, '2.21.0');
  expect(text).toContain('It holds');
  expect(text).toContain('- b in the place of a: identical');
});
