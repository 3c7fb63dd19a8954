import { expect, test } from 'vitest';
import { parseSpec } from '../parsing/parse.js';
import { writtenAs } from './other-names.js';
import { specSchema } from './schema.js';

const sound = 'model: m\napi: image-feature-vector\nimage_size: 8\nnum_features: 4\n';

test.each([
  ['input_shape', /`image_size: \{ height: 224/],
  ['Input-Size', /`image_size: /],
  ['labels', /`classes: labels\.txt`/],
  ['preprocessing', /`color_range: \[0, 1\]`/],
  ['dtype', /float32 .* remove it/],
  ['batch_size', /any batch size must run/],
  ['embedding_dim', /`num_features: 1280`/],
  ['task', /`api: image-classification`/],
  ['trainable', /`fine_tuning: \{ training_argument: true \}`/],
  ['skip', /`waivers: /],
])('%s is answered with the right key', (key, hint) => {
  const parsed = parseSpec(`${sound}${key}: 1\n`, '/specs/m.yaml');
  const problems = parsed.kind === 'problems' ? parsed.problems : [];
  expect(problems).toHaveLength(1);
  expect(problems[0]?.hint).toMatch(hint);
});

test('no key of a spec is taken for another', () => {
  for (const key of Object.keys(specSchema.properties ?? {})) expect(writtenAs(key), key).toBeUndefined();
});
