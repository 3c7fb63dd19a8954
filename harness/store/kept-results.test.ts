import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fakeRun } from '../verdict/fake-run.test.support.js';
import { KeptResults } from './kept-results.js';

const run = fakeRun();
const of = { model: 'sha256:1', spec: 'sha256:2', seed: '7' };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kept-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const only = () => path.join(folder, readdirSync(folder)[0] ?? '');

test('what was kept is found in the same circumstances, in whatever order, and in no others', async () => {
  const kept = new KeptResults(folder);
  await kept.keep(of, run);
  expect(await kept.find({ seed: '7', spec: 'sha256:2', model: 'sha256:1' })).toEqual(run);
  for (const name of ['model', 'spec', 'seed'])
    expect(await kept.find({ ...of, [name]: 'other' }), name).toBeUndefined();
  expect(await kept.find({ ...of, further: '' })).toBeUndefined();
});

test('says what differs from the nearest entry', async () => {
  const kept = new KeptResults(folder);
  expect(await kept.nearest(of)).toBeUndefined();
  await kept.keep({ ...of, seed: '8', spec: 'x' }, run);
  await kept.keep({ ...of, seed: '8' }, run);
  expect(await kept.nearest(of)).toEqual(['seed']);
});

test.each([
  ['cut off', (text: string) => text.slice(0, -20)],
  ['empty', () => ''],
  ['no object', () => '[]'],
  ['a run that contradicts itself', (text: string) => text.replace('"unknown"', '"conforms"')],
  ['no run', (text: string) => text.replace('"format":1', '"format":"1"')],
  ['made for something else', (text: string) => text.replace('sha256:1', 'sha256:9')],
])('an entry that is damaged is none: %s', async (_, damage) => {
  const kept = new KeptResults(folder);
  await kept.keep(of, run);
  writeFileSync(only(), damage(readFileSync(only(), 'utf8')));
  expect(await kept.find(of)).toBeUndefined();
});

test('an entry that nobody has asked for in months goes, one that was asked for stays', async () => {
  const kept = new KeptResults(folder);
  await kept.keep(of, run);
  const longAgo = new Date(Date.now() - 100 * 24 * 3600 * 1000);
  utimesSync(only(), longAgo, longAgo);
  await kept.find(of);
  await kept.keep({ ...of, seed: '8' }, run);
  expect(await kept.find(of)).toEqual(run);
  utimesSync(only(), longAgo, longAgo);
  await kept.keep({ ...of, seed: '9' }, run);
  expect(readdirSync(folder)).toHaveLength(2);
});

test('a folder that cannot be written is no failure', async () => {
  const kept = new KeptResults('/proc/nowhere');
  await kept.keep(of, run);
  expect(await kept.find(of)).toBeUndefined();
});
