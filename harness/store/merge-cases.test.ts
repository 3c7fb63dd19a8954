import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Batch } from '../verdict/batch.js';
import { fakeRun } from '../verdict/fake-run.test.support.js';
import type { Finding, ModelRun, Run } from '../verdict/run.js';
import { mergeCases } from './merge-cases.js';

const batch: Batch = { count: 1, height: 2, width: 2, pattern: 'black', seed: 0 };
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'merge-'));
});

/** A model that part 1 or 2 has checked; its files hold their own path. */
function modelOf(spec: string, part: string, found: Partial<Finding>): ModelRun {
  const named = [found.pixels ?? [], found.outputs ?? []].flat();
  for (const file of named.flatMap((npy) => [npy, npy.replace(/npy$/, 'png')])) {
    mkdirSync(path.dirname(path.join(folder, part, file)), { recursive: true });
    writeFileSync(path.join(folder, part, file), `${part}/${file}`);
  }
  const finding = { where: '', expected: '', actual: '', ...found };
  const base = { level: 'must', status: 'fail', demands: '', summary: '', cases: 0, calls: 0 } as const;
  const checks = [{ id: 'a/b', ...base, durationMs: 0, finding }];
  return {
    name: 'm',
    spec,
    model: part,
    api: '',
    digest: '',
    verdict: 'does-not-conform',
    checks,
    durationMs: 0,
    callMs: 0,
  };
}

async function mergedInto(out: string, models: readonly ModelRun[]): Promise<(Finding | undefined)[]> {
  const run: Run = fakeRun(models, { verdict: 'does-not-conform' });
  const { run: after, missing } = await mergeCases(run, path.join(folder, out), ({ model }) =>
    path.join(folder, model),
  );
  expect(missing).toEqual([]);
  writeFileSync(path.join(folder, out, 'run.json'), JSON.stringify(after));
  return after.models.flatMap(({ checks }) => checks.map(({ finding }) => finding));
}

const one = () => modelOf('a.yaml', '1', { batch, pixels: 'cases/m-a-b.npy' });
const other = () =>
  modelOf('b.yaml', '2', {
    batch,
    pixels: 'cases/m-a-b.npy',
    outputs: ['cases/m-a-b-one.npy', 'cases/m-a-b-other.npy'],
  });

test('files of two parts that have one name get two, and keep what they hold', async () => {
  expect(await mergedInto('out', [one(), other()])).toMatchObject([
    { pixels: 'cases/m-a-b.npy' },
    { pixels: 'cases/m-a-b-2.npy', outputs: ['cases/m-a-b-one.npy', 'cases/m-a-b-other.npy'] },
  ]);
  const cases = path.join(folder, 'out', 'cases');
  const held = readdirSync(cases)
    .sort()
    .map((file) => [file, readFileSync(path.join(cases, file), 'utf8')]);
  expect(Object.fromEntries(held)).toEqual({
    'm-a-b.npy': '1/cases/m-a-b.npy',
    'm-a-b.png': '1/cases/m-a-b.png',
    'm-a-b-2.npy': '2/cases/m-a-b.npy',
    'm-a-b-2.png': '2/cases/m-a-b.png',
    'm-a-b-one.npy': '2/cases/m-a-b-one.npy',
    'm-a-b-other.npy': '2/cases/m-a-b-other.npy',
  });
});

test('a batch without an image has no picture', async () => {
  const none = modelOf('a.yaml', '1', { batch: { ...batch, count: 0 }, pixels: 'cases/m-a-b.npy' });
  rmSync(path.join(folder, '1/cases/m-a-b.png'));
  await mergedInto('out', [none]);
  expect(readdirSync(path.join(folder, 'out', 'cases'))).toEqual(['m-a-b.npy']);
});

test('the cases of the run that was there before are gone', async () => {
  await mergedInto('out', [one(), other()]);
  await mergedInto('out', [one()]);
  expect(readdirSync(path.join(folder, 'out', 'cases')).sort()).toEqual(['m-a-b.npy', 'm-a-b.png']);
});

test.each(['1/cases/m-a-b.npy', '1/cases/m-a-b.png', '2/cases/m-a-b-other.npy'])(
  '%s is lost, so nothing is written',
  async (file) => {
    const models = [one(), other()];
    rmSync(path.join(folder, file));
    await expect(mergedInto('out', models)).rejects.toThrow(`${path.join(folder, file)} is not there`);
    expect(existsSync(path.join(folder, 'out'))).toBe(false);
  },
);

test('no file is read that lies outside a part', async () => {
  const named = modelOf('a.yaml', '1', { pixels: 'cases/../../secret.npy' });
  await expect(mergedInto('out', [named])).rejects.toThrow('is not named as assay names cases');
  const linked = one();
  writeFileSync(path.join(folder, 'secret'), 'secret');
  rmSync(path.join(folder, '1/cases/m-a-b.npy'));
  symlinkSync(path.join(folder, 'secret'), path.join(folder, '1/cases/m-a-b.npy'));
  await expect(mergedInto('out', [linked])).rejects.toThrow('is a link out of its folder');
});
