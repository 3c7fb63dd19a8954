import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { ModelRun, Run } from '../harness/verdict/run.js';
import { check } from '../reports/fixtures/check.js';
import { conformingRun } from '../reports/fixtures/varied-run.js';
import { expectKept } from './same-place.js';
import { sinceBaseline } from './since-baseline.js';

const [kept, other] = [check('a/b', 'must', 'It MUST.'), check('a/c', 'must', 'It MUST.')];
const broken = { ...kept, status: 'fail' as const, finding: { where: 'it', expected: '1', actual: '2' } };

function runOf(...models: Partial<ModelRun>[]): Run {
  const [model] = conformingRun().models;
  if (!model) throw new Error('The run has a model.');
  return { ...conformingRun(), models: models.map((one) => ({ ...model, ...one })) };
}

function told(baseline: Run, run: Run) {
  const stdout = new PassThrough();
  const code = sinceBaseline(baseline, run, { stdout, stderr: new PassThrough() });
  return { code, out: String(stdout.read()) };
}

test('what a run did not check is named, and does not fail', () => {
  const baseline = runOf({ checks: [kept, other] }, { name: 'gone', spec: 'gone.yaml', checks: [kept] });
  const { code, out } = told(baseline, runOf({ checks: [kept] }));
  expect(code).toBe(0);
  expect(out).toContain('Not checked in this run: 1 check of tiny-classifier\n');
  expect(out).toContain('Not checked in this run: gone\n');
});

test('what was broken before does not fail; what was not does, and a run that decided nothing', () => {
  const [sound, faulty] = [runOf({ checks: [kept, other] }), runOf({ checks: [broken, other] })];
  expect(told(faulty, faulty).code).toBe(0);
  expect(told(sound, faulty).code).toBe(1);
  const unread = runOf({ checks: [], problem: 'no model' });
  expect(told(unread, unread)).toMatchObject({ code: 2, out: expect.stringContaining('Nothing could be') });
});

test('a model that the baseline does not have is held to all its promises, also where it is alone', () => {
  const baseline = runOf({ checks: [kept] });
  const added = (...checks: ModelRun['checks']) => runOf({ name: 'new', spec: 'new.yaml', checks });
  expect(told(baseline, added(kept)).code).toBe(0);
  expect(told(baseline, added(broken)).code).toBe(1);
  expect(told(baseline, added()).code).toBe(2);
  expect(told(baseline, added(kept, { ...other, status: 'error', reason: 'No answer.' })).code).toBe(2);
});

test('a run that the reports would be written over is refused, by whatever path it is named', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'baseline-'));
  const at = (name: string) => path.join(folder, name);
  writeFileSync(at('run.json'), '{}');
  copyFileSync(at('run.json'), at('copy.json'));
  symlinkSync(at('run.json'), at('link.json'));
  for (const own of ['run.json', 'link.json'])
    expect(() => expectKept('--baseline', at(own), folder)).toThrow('would write over it');
  expect(() => expectKept('--baseline', at('copy.json'), folder)).not.toThrow();
  expect(() => expectKept('--baseline', at('none.json'), folder)).not.toThrow();
  rmSync(folder, { recursive: true });
});
