import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { ColorRange } from '../contract/contract.js';
import { inColorRange } from '../images/color-range.js';
import { pixelsOf } from '../images/pixels.js';
import type { Batch } from '../verdict/batch.js';
import { fakeRun } from '../verdict/fake-run.test.support.js';
import type { CheckResult, ModelRun, Run } from '../verdict/run.js';
import { keepCases } from './keep-cases.js';

const range: ColorRange = { kind: 'range', min: -1, max: 1 };
const batch: Batch = { count: 2, height: 8, width: 8, pattern: 'noise', seed: 3 };
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'cases-'));
});

function failed(id: string, shownBy: Batch | undefined): CheckResult {
  const finding = { where: 'w', expected: 'e', actual: 'a', ...(shownBy ? { batch: shownBy } : {}) };
  const base = { level: 'must', status: 'fail', demands: '', summary: '' } as const;
  return { id, ...base, cases: 0, calls: 0, durationMs: 0, finding };
}

function runOf(names: readonly string[], checks: readonly CheckResult[]): Run {
  const base = { spec: 'm.yaml', model: 'm', api: '', digest: '', durationMs: 0, callMs: 0 } as const;
  const models = names.map((name): ModelRun => ({ name, ...base, verdict: 'does-not-conform', checks }));
  return fakeRun(models, { verdict: 'does-not-conform' });
}

const values = Float32Array.from([1, 2, 3, 4, 5, 6]);
const outputs = [
  { rows: 2, units: 3, values },
  { rows: 3, units: 2, values },
] as const;

async function kept(run: Run): Promise<(string | undefined)[]> {
  const { run: after } = await keepCases(
    run,
    folder,
    run.models.map(() => range),
  );
  writeFileSync(path.join(folder, 'run.json'), JSON.stringify(after));
  return after.models.flatMap(({ checks }) => checks.map(({ finding }) => finding?.pixels));
}

function casesThere(): string[] {
  const cases = path.join(folder, 'cases');
  return existsSync(cases) ? readdirSync(cases).sort() : [];
}

test('the pixels are those that the model was given, in the colours of the spec', async () => {
  expect(await kept(runOf(['m'], [failed('output/shape', batch), failed('a/b', undefined)]))).toEqual([
    'cases/m-output-shape.npy',
    undefined,
  ]);
  const bytes = readFileSync(path.join(folder, 'cases/m-output-shape.npy'));
  const values = new Float32Array(Uint8Array.from(bytes.subarray(128)).buffer);
  expect(bytes.toString('latin1')).toContain("'shape': (2, 8, 8, 3,)");
  expect(values).toEqual(inColorRange(pixelsOf(batch), { kind: 'range', min: -1, max: 1 }));
  expect(casesThere()).toEqual(['m-output-shape.npy', 'm-output-shape.png']);
});

test('names are safe and distinguish models', async () => {
  const names = ['../../etc', '<img src=x>', 'a\nb', 'x'.repeat(500), 'Twin', 'twin', '日本'];
  const files = await kept(runOf(names, [failed('output/shape', batch)]));
  expect(new Set(files.map((file) => file?.toLowerCase())).size).toBe(names.length);
  for (const file of files) expect(file).toMatch(/^cases\/\w[\w.-]{0,120}\.npy$/);
  expect(casesThere()).toHaveLength(2 * names.length);
});

test('what an earlier run left is gone, other files are not', async () => {
  await kept(runOf(['old'], [failed('output/shape', batch)]));
  writeFileSync(path.join(folder, 'cases', 'mine.npy'), 'kept');
  await kept(runOf(['new'], [failed('output/dtype', batch)]));
  expect(casesThere()).toEqual(['mine.npy', 'new-output-dtype.npy', 'new-output-dtype.png']);
});

test('a run that names other files has none of them removed', async () => {
  const [check] = runOf(['m'], [failed('a/b', batch)]).models[0]?.checks ?? [];
  const finding = { where: '', expected: '', actual: '', pixels: 'cases/../m.yaml' };
  const forged = runOf(['m'], check ? [{ ...check, finding }] : []);
  writeFileSync(path.join(folder, 'run.json'), JSON.stringify(forged));
  writeFileSync(path.join(folder, 'm.yaml'), '');
  mkdirSync(path.join(folder, 'cases'));
  await kept(runOf([], []));
  expect(existsSync(path.join(folder, 'm.yaml'))).toBe(true);
});

test('both outputs whose rows were compared are kept, and gone with the next run', async () => {
  const run = runOf(['m'], [failed('a/b', batch), failed('a/b-one', undefined), failed('a/c', undefined)]);
  const { run: after } = await keepCases(run, folder, [range], (model, check) =>
    model === 0 && check === 'a/b' ? outputs : undefined,
  );
  const findings = after.models.flatMap(({ checks }) => checks.flatMap(({ finding }) => finding ?? []));
  expect(findings.map((finding) => finding.outputs)).toEqual([
    ['cases/m-a-b-one.npy', 'cases/m-a-b-other.npy'],
    undefined,
    undefined,
  ]);
  const bytes = readFileSync(path.join(folder, 'cases/m-a-b-other.npy'));
  expect(bytes.toString('latin1')).toContain("'shape': (3, 2,)");
  expect(new Float32Array(Uint8Array.from(bytes.subarray(128)).buffer)).toEqual(values);
  writeFileSync(path.join(folder, 'run.json'), JSON.stringify(after));
  await kept(runOf([], []));
  expect(casesThere()).toEqual([]);
});

test('a large batch is described only', async () => {
  const large = { ...batch, height: 1200, width: 1200 };
  expect(await kept(runOf(['m'], [failed('output/shape', large)]))).toEqual([undefined]);
  expect(casesThere()).toEqual([]);
});

test('a link in the place of the cases is replaced, and what it leads to stays', async () => {
  const elsewhere = mkdtempSync(path.join(tmpdir(), 'elsewhere-'));
  const theirs = path.join(elsewhere, 'm-output-finite.npy');
  writeFileSync(theirs, 'theirs');
  symlinkSync(elsewhere, path.join(folder, 'cases'));
  await kept(runOf(['m'], [failed('output/finite', batch)]));
  expect(readFileSync(theirs, 'utf8')).toBe('theirs');
  expect(readdirSync(elsewhere)).toEqual(['m-output-finite.npy']);
  expect(readdirSync(path.join(folder, 'cases')).length).toBeGreaterThan(0);
});
