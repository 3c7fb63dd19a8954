import { expect, test } from 'vitest';
import { parseSpec } from '../contract/parsing/parse.js';
import type { Status } from '../verdict/run.js';
import { lineOfPromise } from './line-of-promise.js';
import { waived } from './waive.js';

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

function lineOf(id: string, promisedBy: readonly string[] | undefined, status: Status = 'fail') {
  if (spec.kind !== 'contract') throw new Error('The spec is sound.');
  const base = { level: 'must', demands: '', summary: '', cases: 0, calls: 0, durationMs: 0 } as const;
  const [result] = waived([{ id, status, ...base }], spec.contract.waivers, '2026-01-01');
  return result && lineOfPromise({ id, ...(promisedBy ? { promisedBy } : {}) }, result, spec).specLine;
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
  expect(lineOf('output/dtype', undefined, 'pass')).toBe(9);
  expect(lineOf('output/dtype', undefined, 'fail')).toBe(2);
});
