import { expect, test } from 'vitest';
import { nearest } from './suggestion.js';

const keys = ['model', 'sha256', 'image_size', 'num_classes', 'num_features', 'classes', 'min', 'max'];

test.each([
  ['modle', 'model'],
  ['Model', 'model'],
  ['imageSize', 'image_size'],
  ['image-size', 'image_size'],
  ['num_clases', 'num_classes'],
  ['class', 'classes'],
  ['features', 'num_features'],
  ['mim', 'min'],
  ['threads', undefined],
  ['', undefined],
  ['___', undefined],
  ['x'.repeat(100_000), undefined],
])('%s → %s', (word, meant) => {
  expect(nearest(word, keys)).toBe(meant);
});
