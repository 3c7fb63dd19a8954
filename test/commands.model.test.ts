import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import type { Run } from '../harness/verdict/run.js';
import { inProject } from '../proof/project.js';
import { assay, emptyFolder } from './run-command.js';

const { folder, remove } = emptyFolder();
const conforming = inProject('specs/tiny-features.yaml');
const broken = inProject('models-under-test/twins/float64-rows.yaml');

beforeAll(async () => {
  await ensureRuntime();
}, 600_000);

afterAll(remove);

describe('exit codes', () => {
  test('0 for a model that conforms', async () => {
    expect(await check([conforming], 'conforms')).toMatchObject({ code: 0, verdict: 'conforms' });
  });

  test('1 for one that does not', async () => {
    expect(await check([broken], 'broken')).toMatchObject({ code: 1, verdict: 'does-not-conform' });
  });

  test('1 when only one of several does not', async () => {
    const { code, models } = await check([conforming, broken], 'both');
    expect(code).toBe(1);
    expect(models.map(({ verdict }) => verdict).sort()).toEqual(['conforms', 'does-not-conform']);
  });

  test('2 for a spec with a mistake, though the others conform', async () => {
    const mistaken = path.join(folder, 'mistaken.yaml');
    writeFileSync(mistaken, `${readFileSync(conforming, 'utf8')}num_feature: 8\n`);
    const { code, err, verdict } = await check([conforming, mistaken], 'mistaken');
    expect({ code, verdict }).toEqual({ code: 2, verdict: 'unknown' });
    expect(err).toContain('did you mean `num_features`?');
  });

  test.each([
    ['no specs', ['check']],
    ['a spec that is not there', ['check', 'nowhere.yaml']],
    ['a pattern that matches nothing', ['check', '*.yml']],
    ['an option that there is not', ['check', '--sede', '7', conforming]],
    ['a seed that is no number', ['check', '--seed', 'seven', conforming]],
    ['a report that there is not', ['check', '--report', 'pdf', conforming]],
    ['a command that there is not', ['chekc']],
    ['a model that is not there', ['inspect', 'nowhere']],
  ])('2, and a word, for %s', async (_, args) => {
    const empty = path.join(folder, 'empty');
    mkdirSync(empty, { recursive: true });
    const { code, out, err } = await assay(args, { cwd: empty });
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err.length).toBeGreaterThan(20);
    expect(err).not.toMatch(/fault of assay|\n\s+at /);
    expect(readdirSync(empty)).toEqual([]);
  });
});

test('the same seed gives the same run', async () => {
  const [one, other] = [await check([broken], 'again'), await check([broken], 'again')];
  expect(timeless(one.models)).toEqual(timeless(other.models));
});

async function check(specs: readonly string[], out: string) {
  const to = path.join(folder, out);
  const { code, err } = await assay(['check', ...specs, '--seed', '7', '--report', 'json', '--out', to]);
  const { models, verdict } = JSON.parse(readFileSync(path.join(to, 'run.json'), 'utf8')) as Run;
  return { code, err, models, verdict };
}

/** Without how long anything took. */
function timeless(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, one) => (/Ms$/.test(key) ? 0 : one)));
}
