import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fakeRun } from '../harness/verdict/fake-run.test.support.js';
import type { ModelRun, Run } from '../harness/verdict/run.js';
import { makePlan } from './plan.js';
import { shardOf } from './shard.js';

const folder = mkdtempSync(path.join(tmpdir(), 'assay-shard-'));
const own = `export const checks = [{ id: 'acme/one', level: 'must', demands: 'It MUST.', applies: () => true,
  explain: { matters: 'm', decided: 'd', fix: 'f' }, kind: 'reading', read: () => ({ status: 'pass', summary: '' }) }];`;
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `${name}.yaml`);

beforeAll(() => {
  mkdirSync(path.join(folder, 'model'));
  for (const name of names)
    write(name, 'model: model\napi: image-feature-vector\nimage_size: 8\nnum_features: 4\n');
  write('own.mjs', own);
});

afterAll(() => rmSync(folder, { recursive: true }));

test('each shard knows the same whole, and each spec falls to one of them', async () => {
  const parts = await Promise.all([1, 2, 3].map((index) => shard(index, 3)));
  expect(parts.flatMap(specsOf).sort()).toEqual(names);
  for (const { shard: { index = 0, specs = [], needsTensorFlow } = {} } of parts) {
    expect([specs, needsTensorFlow]).toEqual([parts[0]?.shard?.specs, true]);
    expect(specs.filter((one) => one.shard === index).map(({ spec }) => spec)).toEqual(
      specsOf(parts[index - 1]),
    );
  }
});

test('with a spec more, those that were there stay in their shards', async () => {
  const before = (await shard(1, 4)).shard?.specs ?? [];
  write('aa.yaml', 'no spec');
  const after = (await shard(1, 4)).shard?.specs ?? [];
  rmSync(path.join(folder, 'aa.yaml'));
  expect(after.filter(({ spec }) => spec !== 'aa.yaml')).toEqual(before);
  expect(after.find(({ spec }) => spec === 'aa.yaml')?.specDigest).toBeUndefined();
});

test('a spec that changed, and a module of checks that changed, make another plan', async () => {
  const before = await shard(1, 3, undefined, ['own.mjs']);
  write('a.yaml', 'model: model\napi: image-feature-vector\nimage_size: 8\nnum_features: 5\n');
  write('own.mjs', `${own} // changed`);
  const after = await shard(1, 3, undefined, ['own.mjs']);
  expect(after.shard?.specs[0]?.specDigest).not.toBe(before.shard?.specs[0]?.specDigest);
  expect(after.shard?.specs.slice(1)).toEqual(before.shard?.specs.slice(1));
  expect(Object.keys(after.shard?.options ?? {})).toEqual(['--checks own.mjs']);
  expect(after.shard?.options).not.toEqual(before.shard?.options);
});

test('by durations, the longest is alone; what came from the cache lasts as long as its checks did', async () => {
  const durations = runOf([
    modelOf('a.yaml', 10),
    modelOf('b.yaml', 0, 60),
    ...['c', 'd', 'e', 'f', 'g'].map((name) => modelOf(`${name}.yaml`, 10)),
  ]);
  expect(specsOf(await shard(1, 2, durations))).toEqual(['b.yaml']);
});

test('durations of none of the specs are refused', async () => {
  const others = runOf([modelOf('z.yaml', 10), modelOf('a.yaml', 0, 0)]);
  await expect(shard(1, 2, others)).rejects.toThrow('measured none of these specs');
});

async function shard(index: number, count: number, durations?: Run, checks: readonly string[] = []) {
  const plan = await makePlan({ specs: ['*.yaml'], checks }, folder);
  return shardOf(plan, { index, count, options: {}, ...(durations ? { durations } : {}) });
}

function specsOf(plan: { readonly specs: readonly { readonly file: string }[] } | undefined): string[] {
  return (plan?.specs ?? []).map(({ file }) => path.basename(file));
}

function runOf(models: readonly ModelRun[]): Run {
  return fakeRun(models, { verdict: 'conforms' });
}

/** With one check that took so long. */
function modelOf(spec: string, durationMs: number, checkMs = 0): ModelRun {
  const check = {
    id: 'a/b',
    level: 'must',
    status: 'pass',
    demands: '',
    summary: '',
    cases: 0,
    calls: 0,
  } as const;
  const checks = [{ ...check, durationMs: checkMs }];
  return {
    name: spec,
    spec,
    model: '',
    api: '',
    digest: '',
    verdict: 'conforms',
    checks,
    durationMs,
    callMs: 0,
  };
}

function write(name: string, text: string): void {
  writeFileSync(path.join(folder, name), text);
}
