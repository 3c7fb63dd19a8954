import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import type { Run } from '../harness/verdict/run.js';
import { inProject } from '../proof/project.js';
import { assay, emptyFolder } from './run-command.js';

/** A small project with two sound models and two broken twins; by their names, shard 1 of 3 has none of them. */
const { folder, remove } = emptyFolder();
const specs = path.join(folder, 'specs');
const at = (...names: string[]) => path.join(folder, ...names);

beforeAll(async () => {
  await ensureRuntime();
  for (const name of ['tiny-features', 'bare-function']) copied(`specs/${name}.yaml`, name);
  for (const name of ['float64-rows', 'batch-statistics-at-inference'])
    copied(`models-under-test/twins/${name}.yaml`, name);
}, 600_000);

afterAll(remove);

describe('three shards, merged', () => {
  let whole: string;

  beforeAll(async () => {
    expect(await check(['--out', 'report'])).toMatchObject({ code: 1 });
    renameSync(at('report'), at('whole'));
    whole = timeless(at('whole', 'run.json'));
    const parts = [1, 2, 3].map((index) => check(['--shard', `${index}/3`, '--out', `parts/${index}`]));
    expect((await Promise.all(parts)).map(({ code }) => code).sort()).toEqual([0, 1, 1]);
    const merged = await merge(['parts/3', 'parts/1', 'parts/2'], '--out', 'report');
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
    await assay(['report', 'report/run.json', '--report', 'junit'], { cwd: folder });
    expect(readFileSync(at('report', 'junit.xml'), 'utf8')).toBe(before);
  });

  test('replay from the merged folder', { timeout: 120_000 }, async () => {
    const { code, out } = await assay(['replay', 'report/run.json', '--check', 'output/dtype'], {
      cwd: folder,
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
    const { code, err } = await merge(['part', ...others], '--out', 'lost');
    expect([code, existsSync(at('lost', 'run.json'))]).toEqual([2, false]);
    expect(err).toContain(why);
  });
});

/** What only reads the files of models. */
const quick = ['--only', 'signature/one-tensor', '--report', 'json'];

describe('what is not the parts of one run is exit code 2, with a sentence', () => {
  beforeAll(async () => {
    for (const index of [1, 2, 3])
      await check(['--shard', `${index}/3`, ...quick, '--out', `quick/${index}`]);
  }, 600_000);

  test('all parts are a run with its choice of checks', async () => {
    expect((await merge(['quick/1', 'quick/2', 'quick/3'], '--out', 'quick/whole')).code).toBe(0);
    const { selection } = runIn('quick/whole');
    expect(selection).toEqual({ only: ['signature/one-tensor'], skip: [] });
  });

  test.each([
    ['a shard that was killed', ['quick/1', 'quick/3'], 'Shard 2 of 3 is missing.'],
    ['an empty shard that was killed', ['quick/2', 'quick/3'], 'Shard 1 of 3 is missing.'],
    ['a part twice', ['quick/1', 'quick/2', 'quick/2', 'quick/3'], 'are both shard 2 of 3.'],
    ['no part', ['quick/1', 'specs', 'quick/3'], 'there is no such file'],
  ])('%s', async (_, parts, sentence) => {
    expect(await refusal(parts)).toContain(sentence);
  });

  test.each<[string, readonly string[], string]>([
    ['another seed', ['--seed', '8'], 'the seed differs: 7 and 8.'],
    ['another number of shards', ['--shard', '2/4'], 'the number of shards differs: 3 and 4.'],
    ['other checks', ['--only', 'signature'], '--only and --skip differs'],
    ['--strict', ['--strict'], '--strict differs'],
    ['another limit', ['--memory', '2GiB'], '--memory differs: none and 2147483648.'],
  ])('of another run: %s', async (_, options, sentence) => {
    await check(['--shard', '2/3', ...quick, ...options, '--out', 'other']);
    expect(await refusal(['quick/1', 'other', 'quick/3'])).toContain(sentence);
  });

  test('of another run of the same plan', async () => {
    await check(['--shard', '2/3', ...quick, '--out', 'other'], { ASSAY_RUN: '42' });
    expect(await refusal(['quick/1', 'other', 'quick/3'])).toContain(
      'the run differs: none and ASSAY_RUN 42.',
    );
  });

  test('a spec that changed between two shards', async () => {
    const spec = path.join(specs, 'tiny-features.yaml');
    const before = readFileSync(spec, 'utf8');
    writeFileSync(spec, `${before}\n# changed\n`);
    await check(['--shard', '2/3', ...quick, '--out', 'other']);
    writeFileSync(spec, before);
    expect(await refusal(['quick/1', 'other', 'quick/3'])).toContain(
      'specs/tiny-features.yaml, or a file that it names, has changed',
    );
  });

  test('a part that was edited to be another shard', async () => {
    edit('quick/3', (text) => text.replace(/"index": 3/, '"index": 2'));
    expect(await refusal(['quick/1', 'edited', 'quick/3'])).toMatch(
      /has specs\/.*, which the plan does not give to it/,
    );
  });

  test('a part whose plan was edited', async () => {
    edit('quick/2', (text) =>
      text.replaceAll('"shard": 3', '"shard": 2').replaceAll('"seed": 7', '"seed": 9'),
    );
    expect(await refusal(['edited', 'edited', 'edited'])).toContain('edited has been changed');
  });

  test('a merge over one of its parts', async () => {
    const { code, err } = await merge(['quick/1', 'quick/2', 'quick/3'], '--out', 'quick/1');
    expect([code, err]).toEqual([2, expect.stringContaining('would write over it')]);
  });

  async function refusal(parts: readonly string[]): Promise<string> {
    const { code, err, out } = await merge(parts, '--out', 'none');
    expect([code, out, existsSync(at('none'))]).toEqual([2, '', false]);
    return err;
  }

  function edit(part: string, change: (text: string) => string): void {
    cpSync(at(part), at('edited'), { recursive: true });
    writeFileSync(at('edited', 'run.json'), change(readFileSync(at(part, 'run.json'), 'utf8')));
  }
});

describe('which part it is', () => {
  test('Bazel says it, and learns that it was heard', async () => {
    const status = at('status');
    const env = { TEST_SHARD_INDEX: '2', TEST_TOTAL_SHARDS: '3', TEST_SHARD_STATUS_FILE: status };
    const { code, out, err } = await check([...quick, '--out', 'bazel'], env);
    expect(err).toMatch(/^Shard 3 of 3, as Bazel says: \d of 4 specs\./);
    expect([code, existsSync(status)]).toEqual([0, true]);
    expect(out).toContain('Conforms (shard 3 of 3)');
  });

  test('without a seed, an engine or an option makes no part', async () => {
    const env = { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '3' };
    const { code, err } = await assay(['check', specs, ...quick, '--out', 'none'], { cwd: folder, env });
    expect([code, err]).toEqual([2, expect.stringContaining('All shards of a run need the same seed')]);
    const all = await assay(['check', 'specs', ...quick, '--shard', 'off', '--out', 'all'], {
      cwd: folder,
      env,
    });
    expect(all.code).toBe(0);
    expect([runIn('all').models.length, runIn('all').selection?.shard]).toEqual([4, undefined]);
  });

  test('durations of an earlier run make two shards of about the same time', async () => {
    const run = runIn('all');
    const times: Readonly<Record<string, number>> = {
      'tiny-features': 90,
      'bare-function': 50,
      'float64-rows': 30,
    };
    const models = run.models.map((model) => ({ ...model, durationMs: times[model.name] ?? 20 }));
    writeFileSync(at('last.json'), JSON.stringify({ ...run, models }));
    const split = ['--durations', 'last.json', ...quick];
    await check([...split, '--shard', '1/2', '--out', 'half']);
    expect(runIn('half').models.map(({ name }) => name)).toEqual(['tiny-features']);
    expect((await check([...split, '--shard', '2/2', '--out', 'rest'])).code).toBe(0);
    expect((await merge(['half', 'rest'], '--out', 'both')).code).toBe(0);
  });

  test('several versions of TensorFlow, and durations without shards, are refused', async () => {
    const versions = await check(['--shard', '1/2', '--tensorflow', '2.15.1,2.21.0']);
    expect([versions.code, versions.err]).toEqual([2, expect.stringContaining('cannot be split')]);
    expect((await check(['--durations', 'last.json'])).err).toContain('there are none');
  });
});

function copied(spec: string, name: string): void {
  const text = readFileSync(inProject(spec), 'utf8');
  const [, model = ''] = /^model: (.*)$/m.exec(text) ?? [];
  cpSync(path.resolve(inProject(path.dirname(spec)), model), at('models', name), { recursive: true });
  cpSync(inProject(spec), path.join(specs, `${name}.yaml`));
  writeFileSync(path.join(specs, `${name}.yaml`), text.replace(/^model: .*$/m, `model: ../models/${name}`));
}

/** Later options count. */
function check(options: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return assay(['check', 'specs', '--seed', '7', ...options], { cwd: folder, env });
}

function merge(parts: readonly string[], ...options: readonly string[]) {
  return assay(['merge', ...parts, ...options], { cwd: folder });
}

function runIn(out: string): Run {
  return JSON.parse(readFileSync(at(out, 'run.json'), 'utf8'));
}

/** The text of a run without the lines that tell times. */
function timeless(file: string): string {
  return readFileSync(file, 'utf8').replaceAll(/^ *"(?:startedAt|durationMs|callMs)": .*\n/gm, '');
}

function firstCase(out: string): string {
  const [file = ''] = readdirSync(at(out, 'cases')).sort();
  return at(out, 'cases', file);
}
