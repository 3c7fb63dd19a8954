import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import { inProject } from '../proof/project.js';
import { assay } from './run-command.js';
import { smallProject } from './shards.test.support.js';

const project = smallProject();
const { at, check, merge } = project;

beforeAll(async () => {
  await ensureRuntime();
}, 600_000);

afterAll(project.remove);

describe('three shards, merged', () => {
  let whole: string;

  beforeAll(async () => {
    expect(await check(['--out', 'report'])).toMatchObject({ code: 1 });
    renameSync(at('report'), at('whole'));
    whole = timeless(at('whole', 'run.json'));
    const parts = [1, 2, 3].map((index) => check(['--shard', `${index}/3`, '--out', `parts/${index}`]));
    expect((await Promise.all(parts)).map(({ code }) => code).sort()).toEqual([0, 1, 1]);
    const merged = await merge(['parts/3', 'parts/1', 'parts/2'], 'report');
    expect(merged).toMatchObject({ code: 1, err: '' });
    expect(merged.out).toContain('2 of 4 models break a promise');
  }, 600_000);

  test('are the whole run, byte for byte but for times', () => {
    expect(timeless(at('report', 'run.json'))).toBe(whole);
  });

  test('have its cases: images, pictures and outputs', () => {
    const kept = readdirSync(at('whole', 'cases')).sort();
    expect(kept.filter((file) => /-(?:one|other)\.npy$/.test(file)).length).toBeGreaterThan(0);
    expect(readdirSync(at('report', 'cases')).sort()).toEqual(kept);
    for (const file of kept)
      expect(readFileSync(at('report', 'cases', file)).equals(readFileSync(at('whole', 'cases', file)))).toBe(
        true,
      );
  });

  test('have every report that was asked for, and stored runs give the same', async () => {
    expect(readdirSync(at('report')).sort()).toEqual(['cases', 'junit.xml', 'report.html', 'run.json']);
    const before = readFileSync(at('report', 'junit.xml'), 'utf8');
    await assay(['report', 'report/run.json', '--report', 'junit'], { cwd: at() });
    expect(readFileSync(at('report', 'junit.xml'), 'utf8')).toBe(before);
  });

  test('replay from the merged folder', { timeout: 120_000 }, async () => {
    const { code, out } = await assay(['replay', 'report/run.json', '--check', 'output/dtype'], {
      cwd: at(),
    });
    expect(code, out).toBe(1);
    expect(out).toContain('still failing');
  });

  test.each([
    ['a file of a case', 'is not there', () => rmSync(firstCase('part'))],
    ['run.json', 'there is no such file', () => rmSync(at('part', 'run.json'))],
    [
      'half of run.json',
      'is not JSON',
      () => writeFileSync(at('part', 'run.json'), readFileSync(at('part', 'run.json')).subarray(0, 999)),
    ],
  ])('%s is lost: exit code 2, and nothing is written', async (_, why, lose) => {
    const broken = [1, 2, 3].find((index) => existsSync(at('parts', `${index}`, 'cases'))) ?? 0;
    rmSync(at('part'), { recursive: true, force: true });
    cpSync(at('parts', `${broken}`), at('part'), { recursive: true });
    lose();
    const others = [1, 2, 3].filter((index) => index !== broken).map((index) => `parts/${index}`);
    const { code, err } = await merge(['part', ...others], 'lost');
    expect([code, existsSync(at('lost', 'run.json'))]).toEqual([2, false]);
    expect(err).toContain(why);
  });
});

test('a shard that is killed leaves no part of an earlier run', { timeout: 120_000 }, async () => {
  cpSync(at('parts', '2'), at('again'), { recursive: true });
  const args = ['check', 'specs', '--seed', '7', '--shard', '2/3', '--out', 'again'];
  const child = spawn(process.execPath, [inProject('dist/bundle/cli.js'), ...args], { cwd: at() });
  const ended = once(child, 'exit');
  await expect.poll(() => existsSync(at('again', 'run.json')), { timeout: 60_000 }).toBe(false);
  child.kill('SIGKILL');
  await ended;
  expect(await merge(['parts/1', 'again', 'parts/3'], 'stale')).toMatchObject({ code: 2 });
});

test('parts of another run than the one that merges them are refused', { timeout: 120_000 }, async () => {
  const lone = ['--shard', '1/1', '--only', 'layout/channels-last', '--out', 'lone'];
  expect(await check(lone, { ASSAY_RUN: 'first' })).toMatchObject({ code: 0 });
  const mergedIn = (env: Readonly<Record<string, string>>) =>
    assay(['merge', 'lone', '--out', 'joined'], { cwd: at(), env });
  expect(await mergedIn({ ASSAY_RUN: 'first' })).toMatchObject({ code: 0 });
  const { code, err } = await mergedIn({ ASSAY_RUN: 'second' });
  expect([code, err]).toEqual([2, expect.stringContaining('ASSAY_RUN first and ASSAY_RUN second')]);
});

/** The text of a run without the lines that tell times. */
function timeless(file: string): string {
  return readFileSync(file, 'utf8').replaceAll(/^ *"(?:startedAt|durationMs|callMs)": .*\n/gm, '');
}

function firstCase(out: string): string {
  const [file = ''] = readdirSync(at(out, 'cases')).sort();
  return at(out, 'cases', file);
}
