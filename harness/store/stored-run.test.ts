import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fakeRun } from '../verdict/fake-run.test.support.js';
import { NoRun, readRun } from './stored-run.js';

const folder = mkdtempSync(path.join(tmpdir(), 'stored-'));
const sound = fakeRun();

/** With a broken MUST. */
function model(verdict: string) {
  const spent = { calls: 1, cases: 1, durationMs: 1 };
  const finding = { where: 'call', expected: 'x', actual: 'y' };
  const check = {
    id: 'output/shape',
    level: 'must',
    status: 'fail',
    demands: 'd',
    summary: 's',
    ...spent,
    finding,
  };
  const named = { name: 'm', spec: 'm.yaml', model: 'm', api: 'image-feature-vector', digest: '' };
  return { ...named, verdict, durationMs: 1, callMs: 1, checks: [check] };
}

function stored(text: string): string {
  const file = path.join(folder, 'run.json');
  writeFileSync(file, text);
  return file;
}

test('a run is read as it was written, with keys that were added since', async () => {
  const run = { ...sound, added: true };
  expect(await readRun(stored(JSON.stringify(run)))).toEqual(run);
});

test.each([
  ['', 'is not JSON: '],
  ['{"format": 1', 'is not JSON: it ends in the middle, as a file that was cut off'],
  ['{"answer": "identical"}', 'is no run of assay, but what assay compare wrote'],
  ['null', 'is not a run of assay: it must be object'],
  ['{"name": "x"}', "is not a run of assay: it must have required property 'format'"],
  [JSON.stringify({ ...sound, format: 2 }), 'has format 2; this version of assay reads 1'],
  [JSON.stringify({ ...sound, seed: 'x' }), 'is not a run of assay: /seed must be integer'],
  [
    JSON.stringify({ ...sound, models: [{}] }),
    'is not a run of assay: /models/0 must have required property',
  ],
  [
    JSON.stringify({ ...sound, verdict: 'conforms' }),
    'is not a run of assay: /verdict is conforms, its models say unknown.',
  ],
  [
    JSON.stringify({ ...sound, verdict: 'conforms', models: [model('conforms')] }),
    'is not a run of assay: /models/0/verdict is conforms, its checks say does-not-conform.',
  ],
  [
    `${JSON.stringify(sound).slice(0, -1)},"added":${'['.repeat(1e5)}${']'.repeat(1e5)}}`,
    'is not a run of assay: it is nested more than 100 levels deep.',
  ],
])('%.40s…: a sentence', async (text, sentence) => {
  const error = await readRun(stored(text)).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(NoRun);
  expect(String(error)).toContain(sentence);
});

test('a file that is not there, and a folder', async () => {
  await expect(readRun(path.join(folder, 'none.json'))).rejects.toThrow('there is no such file');
  await expect(readRun(folder)).rejects.toMatchObject({
    message: `${folder}: this is a folder.`,
    remedy: 'Name the run.json in it.',
  });
});
