import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import type { Run } from '../harness/verdict/run.js';
import { inProject } from '../proof/project.js';
import { assay, emptyFolder } from './run-command.js';

const { folder, remove } = emptyFolder();
const cache = path.join(folder, 'cache');
const spec = path.join(folder, 'tiny.yaml');
const model = path.join(folder, 'model');

beforeAll(async () => {
  await ensureRuntime();
  cpSync(inProject('models-under-test/tiny-features'), model, { recursive: true });
  const text = readFileSync(inProject('specs/tiny-features.yaml'), 'utf8');
  writeFileSync(spec, text.replace(/^model: .*$/m, 'model: model'));
}, 600_000);

afterAll(remove);

test('a model that has not changed is answered from the cache, and reports say so', async () => {
  const first = await check([spec]);
  expect(first.explained).toBe('nothing is kept yet');
  const again = await check([spec]);
  expect(again.explained).toBe(`from the run of ${first.run.startedAt}`);
  expect(again.out).toContain(`from cache, run on ${first.run.startedAt.slice(0, 10)}`);
  expect(again.run.models[0]?.checks.every(({ fromCache }) => fromCache === first.run.startedAt)).toBe(true);
  expect(judged(again.run)).toEqual(judged(first.run));
});

test.each<[string, readonly string[], () => void]>([
  ['seed', ['--seed', '4'], () => undefined],
  ['checks', ['--skip', 'output/dtype'], () => undefined],
  ['limits', ['--memory', '2GiB'], () => undefined],
  ['safety of models', ['--allow-unsafe'], () => undefined],
  ['spec', [], () => appendFileSync(spec, '# \n')],
  ['model', [], () => writeFileSync(path.join(model, 'notes.txt'), 'x')],
])('another %s is another run', async (what, options, change) => {
  await check([spec, ...few]);
  change();
  expect((await check([spec, ...few, ...options])).explained).toBe(
    `not there: the nearest differs in ${what}`,
  );
});

test('a model that conforms is kept, also beside one that does not', async () => {
  const twin = inProject('models-under-test/twins/float64-rows.yaml');
  const first = await check([spec, twin, '--seed', '5', ...few]);
  expect((await check([spec, '--seed', '5', ...few])).explained).toBe(
    `from the run of ${first.run.startedAt}`,
  );
});

test('of what fails nothing is kept, nor where the cache is only read; without a seed it is not used', async () => {
  const other = path.join(folder, 'other');
  const twin = inProject('models-under-test/twins/float64-rows.yaml');
  await check([twin, '--cache-dir', other, ...few]);
  await check([spec, '--cache-dir', other, '--cache-read-only', ...few]);
  expect(existsSync(other) ? readdirSync(other) : []).toEqual([]);
  const { err } = await assay(['check', spec, ...few, '--explain-cache', '--out', path.join(folder, 'out')], {
    env,
  });
  expect(err).toContain('cache: not used: give a --seed');
});

const env = { ASSAY_NO_CACHE: '' };

/** Checks that are quick; float64-rows breaks one. */
const few = ['--only', 'output/shape', '--only', 'output/dtype'];

async function check(args: readonly string[]) {
  const out = path.join(folder, 'out');
  const where = ['--explain-cache', '--cache-dir', cache, '--seed', '3', '--report', 'json', '--out', out];
  const said = await assay(['check', ...where, ...args], { env });
  const run: Run = JSON.parse(readFileSync(path.join(out, 'run.json'), 'utf8'));
  const [, explained] = said.err.match(/^cache: .*?\.yaml: (.*)$/m) ?? [];
  return { ...said, run, explained };
}

/** What was decided, without times. */
function judged({ models }: Run) {
  return models.map(({ durationMs: _ms, callMs: _callMs, checks, ...rest }) => ({
    ...rest,
    checks: checks.map(({ durationMs: _duration, fromCache: _from, ...result }) => result),
  }));
}
