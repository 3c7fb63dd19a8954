import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Progress } from '../harness/run/progress.js';
import { check } from '../reports/fixtures/check.js';
import { liveProgress } from './live-progress.js';

const decided = (spec: string, id: string, status: 'pass' | 'fail' | 'error' | 'skip'): Progress => ({
  kind: 'check-decided',
  spec,
  result: check(id, 'must', 'It MUST.', { status }),
});

const ended = (spec: string): Progress => ({ kind: 'spec-ended', spec });

async function printed(steps: readonly Progress[], checks = 2): Promise<string> {
  const stream = new PassThrough();
  const { show, end } = liveProgress(stream, ['one', 'other'], { checks, strict: false });
  for (const step of steps) show(step);
  end();
  stream.end();
  return text(stream);
}

test('done where there is nothing to look at, else what there is', async () => {
  const one = [decided('/one.yaml', 'a/a', 'pass'), decided('/one.yaml', 'a/b', 'skip'), ended('/one.yaml')];
  const other = [decided('/b.yaml', 'a/a', 'pass'), decided('/b.yaml', 'a/b', 'fail'), ended('/b.yaml')];
  expect(await printed([...one, ...other])).toBe('[1/2] one: done\n[2/2] b: 1 failed\n');
});

test('an inconclusive model is not done', async () => {
  const steps = [decided('/b.yaml', 'a/a', 'pass'), decided('/b.yaml', 'a/b', 'error'), ended('/b.yaml')];
  expect(await printed(steps)).toBe('[1/2] b: could not decide: 1 error\n');
  expect(await printed([ended('/b.yaml')])).toBe('[1/2] b: could not decide: 2 checks without a verdict\n');
  expect(await printed([decided('/b.yaml', 'a/a', 'skip'), ended('/b.yaml')], 1)).toBe(
    '[1/2] b: could not decide\n',
  );
});

test('a spec that could not be read is reported', async () => {
  const steps = [{ kind: 'spec-unreadable', spec: '/a/bad.yaml' } as const, ended('/one.yaml')];
  expect(await printed(steps, 0)).toBe(
    '[1/2] bad: the spec could not be read\n[2/2] one: could not decide\n',
  );
});

test('whatever a file is called, it stays on its line', async () => {
  const spec = '/specs/new\n::error::mine\u202e.yaml';
  const out = await printed([decided(spec, 'a/a', 'pass'), ended(spec)], 1);
  expect(out).toBe('[1/2] new\\n::error::mine\\u202e: done\n');
  expect((await printed([ended(`/${'n'.repeat(9000)}.yaml`)])).length).toBeLessThan(200);
});
