import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { KeptSeeds } from './kept-seeds.js';

const folder = mkdtempSync(path.join(tmpdir(), 'assay-kept-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const plan = new Map([['specs/tiny.yaml', [{ id: 'output/shape' }]]]);
const model = { name: 'tiny', checks: [], verdict: 'conforms' };
const run = { seed: 3, results: new Map([['specs/tiny.yaml', model as never]]) };

test('a seed that ended is found again, by the same build, TensorFlow and plan alone', () => {
  new KeptSeeds(folder, '2.21.0').keep(run, plan);
  const kept = new KeptSeeds(folder, '2.21.0');
  expect(kept.find(3, plan)).toEqual(run);
  expect(kept.find(4, plan)).toBeUndefined();
  expect(kept.find(3, new Map([['specs/tiny.yaml', [{ id: 'output/dtype' }]]]))).toBeUndefined();
  expect(new KeptSeeds(folder, '2.20.0').find(3, plan)).toBeUndefined();
});

test('one that died is run again', () => {
  const kept = new KeptSeeds(folder, '2.21.0');
  kept.keep({ seed: 5, died: 'no memory' }, plan);
  expect(kept.find(5, plan)).toBeUndefined();
});
