import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readStatement } from '../../harness/store/stored-statement.js';
import type { CheckResult, Run } from '../../harness/verdict/run.js';
import type { Reservation } from '../../harness/verdict/statement/statement.js';
import { Attestable } from './attest.test.support.js';

let one: Attestable;

beforeEach(() => {
  one = new Attestable();
});
afterEach(() => one.remove());

const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

describe('a statement', () => {
  test('is written beside the model, names what it rests on, and can be read back', async () => {
    await one.store();
    const { code, out } = await one.attest();
    expect(code).toBe(0);
    expect(out).toContain('PASSED');
    const statement = one.read();
    expect(readStatement(one.statement)).toEqual({ statement });
    const { predicate, subject } = statement;
    expect(subject).toMatchObject([{ name: 'model' }]);
    expect(predicate.configuration.slice(0, 4)).toMatchObject([
      { name: 'spec.yaml', digest: { sha256: sha256(one.spec) } },
      { name: 'run.json', digest: { sha256: sha256(one.run) } },
      { name: 'model-assay', uri: expect.stringMatching(/^pkg:npm\/model-assay@/) },
      { name: 'tensorflow', uri: 'pkg:pypi/tensorflow-cpu@2.21.0' },
    ]);
    expect(predicate.configuration.slice(4)).toEqual([
      { name: 'labels.txt', digest: { sha256: sha256(one.at('labels.txt')) } },
    ]);
    expect(predicate.model_assay).toMatchObject({
      reservations: [],
      seed: 1234567,
      unconfirmed: ['image_size: 32 # confirm: the model allows any'],
      confinement: ['an environment of named variables', 'a folder of its own'],
    });
  });

  test.each<[string, Partial<CheckResult>, Partial<Run>, string, object]>([
    ['a failed MUST', { status: 'fail' }, {}, 'FAILED', { failedTests: ['output/dtype'] }],
    ['a failed SHOULD', { status: 'fail', level: 'should' }, {}, 'WARNED', { warnedTests: ['output/dtype'] }],
    [
      'a failed SHOULD of a strict run',
      { status: 'fail', level: 'should' },
      { strict: true },
      'FAILED',
      { failedTests: ['output/dtype'] },
    ],
    ['a warning', { warnings: ['It SHOULD.'] }, {}, 'WARNED', { warnedTests: ['output/dtype'] }],
    [
      'a waiver',
      { status: 'waived', reason: 'known' },
      {},
      'WARNED',
      {
        warnedTests: ['output/dtype'],
        model_assay: { waivers: [{ test: 'output/dtype', reason: 'known' }] },
      },
    ],
    [
      'a check that does not apply',
      { status: 'skip', reason: 'none' },
      {},
      'PASSED',
      { warnedTests: [], model_assay: { notTested: [{ test: 'output/dtype', reason: 'none' }] } },
    ],
  ])('has %s in its list', async (_, result, how, verdict, lists) => {
    await one.store({ 'output/dtype': result }, how);
    expect((await one.attest()).code).toBe(0);
    const { predicate } = one.read();
    expect(predicate).toMatchObject({ result: verdict, ...lists });
    expect(predicate.passedTests).not.toContain('output/dtype');
    expect(readStatement(one.statement).statement).toEqual(one.read());
  });
});

describe('a run that leaves something open', () => {
  const selection = { only: [], skip: ['output/dtype'] };
  test.each<[Reservation, Partial<CheckResult>, Partial<Run>, string]>([
    ['undecided', { status: 'error', reason: 'late' }, {}, 'FAILED'],
    ['filtered', {}, { selection }, 'WARNED'],
    ['interrupted', {}, { interrupted: true }, 'WARNED'],
    ['unsafe', {}, { allowUnsafe: true }, 'WARNED'],
    ['cached', { fromCache: '2026-11-26T00:00:00.000Z' }, {}, 'WARNED'],
    ['rejudged', {}, { rejudged: { from: 'run.json', digest: `sha256:${'0'.repeat(64)}` } }, 'WARNED'],
  ])('%s: no statement, or one that says so', async (why, result, how, verdict) => {
    await one.store({ 'output/dtype': result }, how);
    const refused = await one.attest();
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('is no ground for a statement') });
    expect(refused.err).toContain(`--despite ${why}`);
    expect(existsSync(one.statement)).toBe(false);
    expect((await one.attest({ despite: [why] })).code).toBe(0);
    const { predicate } = readStatement(one.statement).statement;
    expect(predicate).toMatchObject({ result: verdict, model_assay: { reservations: [why] } });
  });

  test('in a part of a run, nothing is open for the models of that part', async () => {
    const shard = { index: 1, count: 2, plan: `sha256:${'0'.repeat(64)}`, options: {}, specs: [] };
    await one.store({}, { selection: { only: [], skip: [], shard } });
    expect((await one.attest()).code).toBe(0);
    expect(one.read().predicate).toMatchObject({ result: 'PASSED', model_assay: { reservations: [] } });
    expect(one.read().predicate.model_assay.selection).toBeUndefined();
  });

  test('checks that were not chosen are named, whether or not the run says how', async () => {
    await one.store();
    const run = JSON.parse(readFileSync(one.run, 'utf8'));
    run.models[0].checks.shift();
    writeFileSync(one.run, JSON.stringify(run));
    expect((await one.attest({ despite: ['undecided'] })).err).toContain('only some checks were run');
    await one.attest({ despite: ['filtered'] });
    expect(one.read().predicate.model_assay.notTested).toHaveLength(1);
  });
});

describe('what changed since the run is not attested', () => {
  test.each([
    ['a byte of the model', 'model/variables/variables.index', 'indeX', /model has changed since/],
    ['one more file', 'model/.gitignore', '', /model has changed since/],
    ['a key of the spec', 'spec.yaml', '', /spec.yaml, or a file that it names, has changed since/],
    ['the classes', 'labels.txt', 'dog\ncat\n', /spec.yaml, or a file that it names, has changed since/],
  ])('%s', async (_, name, text, why) => {
    await one.store();
    const before = name === 'spec.yaml' ? `${readFileSync(one.spec, 'utf8')}runs: 9\n` : text;
    writeFileSync(one.at(name), before);
    expect(await one.attest()).toMatchObject({ code: 2, err: expect.stringMatching(why) });
    expect(existsSync(one.statement)).toBe(false);
  });

  test('a run that does not say what it checked', async () => {
    await one.store({}, {}, { digest: '' });
    expect((await one.attest()).err).toContain('does not say which files were checked');
  });
});

describe('nothing is written into the model', () => {
  test.each(['model/statement.json', 'model/variables/../s.json', 'link/s.json', 'model/new/s.json'])(
    '--out %s',
    async (out) => {
      await one.store();
      symlinkSync('model/variables', one.at('link'));
      const before = readdirSync(one.model, { recursive: true });
      expect(await one.attest({ out: one.at(out) })).toMatchObject({
        code: 2,
        err: expect.stringContaining('is inside the model'),
      });
      expect(readdirSync(one.model, { recursive: true })).toEqual(before);
    },
  );

  test('a link in the place of the statement is replaced, and not followed', async () => {
    await one.store();
    symlinkSync('model/variables/new.json', one.statement);
    expect((await one.attest()).code).toBe(0);
    expect(readdirSync(one.at('model/variables'))).toEqual(['variables.index']);
  });

  test('--out elsewhere is taken', async () => {
    await one.store();
    const out = one.at('reports/s.json');
    expect((await one.attest({ out })).code).toBe(0);
    expect(existsSync(out) && !existsSync(one.statement)).toBe(true);
  });
});

test('a link in the model is refused, or allowed and said', async () => {
  symlinkSync('saved_model.pb', path.join(one.model, 'link'));
  await one.store();
  expect((await one.attest()).err).toContain('link is a symbolic link');
  expect((await one.attest({ allowSymlinks: true })).code).toBe(0);
  expect(one.read().subject[0].annotations.model_signing.allow_symlinks).toBe(true);
});

test.each([
  [{ model: 'other' }, 'has no model other.'],
  [{ model: 'spec.yaml' }, ''],
])('of the models, %j', async (options, why) => {
  await one.store();
  const { code, err } = await one.attest(options);
  expect([code, err]).toEqual([why === '' ? 0 : 2, expect.stringContaining(why)]);
});

test('one file does not hold the statements on two models', async () => {
  await one.store();
  const run = JSON.parse(readFileSync(one.run, 'utf8'));
  run.models.push({ ...run.models[0], name: 'second' });
  writeFileSync(one.run, JSON.stringify(run));
  const { code, err } = await one.attest({ out: one.at('s.json') });
  expect([code, err]).toEqual([2, expect.stringContaining('--model: spec, second')]);
  expect((await one.attest()).code).toBe(0);
  expect(existsSync(one.at('second.statement.json'))).toBe(true);
});
