import { expect, test } from 'vitest';
import { parseSpec } from '../contract/parse.js';
import { lineOfPromise } from './line-of-promise.js';

const text = `model: m
api: image-feature-vector
image_size:
  height: { min: 1, max: 9 }
  width: 4
num_features: 6
waivers:
  - { check: layout/channels-last, reason: a }
  - { check: output/dtype, reason: b }
`;

const spec = parseSpec(text, '/specs/m.yaml');

function lineOf(
  id: string,
  promisedBy: readonly string[] | undefined,
  status: 'pass' | 'fail' | 'waived' = 'fail',
) {
  if (spec.kind !== 'contract') throw new Error('The spec is sound.');
  return lineOfPromise({ id, ...(promisedBy ? { promisedBy } : {}) }, { status }, spec).specLine;
}

test.each([
  [['image_size.height.min'], 4],
  [['num_classes', 'num_features'], 6],
  [['fine_tuning.training_argument'], 2],
  [undefined, 2],
])('what %j promises stands in line %i', (keys, line) => {
  expect(lineOf('output/shape', keys)).toBe(line);
});

test('a waiver that fails the run stands in its own line', () => {
  expect(lineOf('output/dtype', undefined, 'fail')).toBe(9);
  expect(lineOf('output/dtype', undefined, 'waived')).toBe(2);
});
