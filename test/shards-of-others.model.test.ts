import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import { assay } from './run-command.js';
import { smallProject } from './shards.test.support.js';

const project = smallProject();
const { at, check, merge, runIn } = project;

beforeAll(async () => {
  await ensureRuntime();
}, 600_000);

afterAll(project.remove);

/** What only reads the files of models. */
const quick = ['--only', 'signature/one-tensor', '--report', 'json'];

describe('what is not the parts of one run is exit code 2, with a sentence', () => {
  beforeAll(async () => {
    for (const index of [1, 2, 3])
      await check(['--shard', `${index}/3`, ...quick, '--out', `quick/${index}`]);
  }, 600_000);

  test('all parts are a run with its choice of checks', async () => {
    expect((await merge(['quick/1', 'quick/2', 'quick/3'], 'quick/whole')).code).toBe(0);
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
    const spec = at('specs', 'tiny-features.yaml');
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
    const { code, err } = await merge(['quick/1', 'quick/2', 'quick/3'], 'quick/1');
    expect([code, err]).toEqual([2, expect.stringContaining('would write over it')]);
  });

  async function refusal(parts: readonly string[]): Promise<string> {
    const { code, err, out } = await merge(parts, 'none');
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
    expect(out).toMatch(/Conforms \(shard 3 of 3(, only \d+ chosen checks?)?\)/);
  });

  test('without a seed, an engine or an option makes no part', async () => {
    const env = { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '3' };
    const { code, err } = await assay(['check', 'specs', ...quick, '--out', 'none'], { cwd: at(), env });
    expect([code, err]).toEqual([2, expect.stringContaining('All shards of a run need the same seed')]);
    const all = await assay(['check', 'specs', ...quick, '--shard', 'off', '--out', 'all'], {
      cwd: at(),
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
    expect((await merge(['half', 'rest'], 'both')).code).toBe(0);
  });

  test('several versions of TensorFlow, and durations without shards, are refused', async () => {
    const versions = await check(['--shard', '1/2', '--tensorflow', '2.15.1,2.21.0']);
    expect([versions.code, versions.err]).toEqual([2, expect.stringContaining('cannot be split')]);
    expect((await check(['--durations', 'last.json'])).err).toContain('there are none');
  });
});
