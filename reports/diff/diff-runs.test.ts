import { describe, expect, test } from 'vitest';
import { diffRuns } from '../../harness/verdict/diff/diff-runs.js';
import { exitCodeOfDiff } from '../../harness/verdict/diff/exit-code.js';
import type { CheckResult, ModelRun, Run } from '../../harness/verdict/run.js';
import { check } from '../fixtures/check.js';
import { conformingRun } from '../fixtures/varied-run.js';

const finding = (actual: string) => ({ where: 'output', expected: 'finite numbers', actual });
const results = {
  pass: check('a/b', 'must', 'It MUST.'),
  fail: check('a/b', 'must', 'It MUST.', { status: 'fail', finding: finding('NaN at 3') }),
  'fail elsewhere in numbers': check('a/b', 'must', 'It MUST.', {
    status: 'fail',
    finding: finding('NaN at 71'),
  }),
  'fail otherwise': check('a/b', 'must', 'It MUST.', { status: 'fail', finding: finding('infinity at 3') }),
  'fail a SHOULD': check('a/b', 'should', 'It SHOULD.', { status: 'fail', finding: finding('NaN at 3') }),
  error: check('a/b', 'must', 'It MUST.', { status: 'error', reason: 'No answer.' }),
  left: check('a/b', 'must', 'It MUST.', { status: 'skip', reason: 'No call.', answeredBy: 'a/c' }),
  skip: check('a/b', 'must', 'It MUST.', { status: 'skip', reason: 'Not promised.' }),
  waived: check('a/b', 'must', 'It MUST.', { status: 'waived', finding: finding('NaN at 3') }),
  warned: check('a/b', 'must', 'It MUST.', { warnings: ['Take care.'] }),
} as const;

type Result = keyof typeof results;

describe('a check from one run to the next', () => {
  test.each<readonly [Result | undefined, Result | undefined, string, number]>([
    ['pass', 'pass', 'same', 0],
    ['pass', 'fail', 'broken', 1],
    ['pass', 'fail a SHOULD', 'broken', 0],
    ['fail', 'pass', 'fixed', 0],
    ['fail', 'fail', 'still-broken', 0],
    ['fail', 'fail elsewhere in numbers', 'still-broken', 0],
    ['fail', 'fail otherwise', 'broken', 1],
    ['waived', 'fail', 'broken', 1],
    ['fail', 'waived', 'waived', 0],
    ['pass', 'error', 'became-undecided', 2],
    ['error', 'error', 'still-undecided', 0],
    ['error', 'pass', 'decided', 0],
    ['error', 'fail', 'broken', 1],
    ['pass', 'skip', 'skipped', 0],
    ['pass', 'left', 'became-undecided', 2],
    ['fail', 'left', 'still-undecided', 0],
    ['left', 'left', 'same', 0],
    ['left', 'pass', 'decided', 0],
    ['pass', 'warned', 'new-warning', 0],
    ['warned', 'warned', 'same', 0],
    [undefined, 'pass', 'new', 0],
    [undefined, 'fail', 'broken', 1],
    ['fail', undefined, 'gone', 0],
    ['pass', undefined, 'gone', 2],
  ])('%s, then %s: %s, exit code %i', (before, after, change, code) => {
    const [one, other] = [runWith(before && results[before]), runWith(after && results[after])];
    const diff = diffRuns(one, other);
    expect(diff.models[0]?.changes.find(({ id }) => id === 'a/b')?.change).toBe(change);
    expect(exitCodeOfDiff(diff, other)).toBe(code);
  });

  test('a strict run fails for a SHOULD, and for a warning', () => {
    for (const after of ['fail a SHOULD', 'warned'] as const) {
      const strict = { ...runWith(results[after]), strict: true };
      expect(exitCodeOfDiff(diffRuns(runWith(results.pass), strict), strict)).toBe(1);
    }
  });
});

describe('what differs', () => {
  const before = runWith(results.pass, { digest: 'sha256:1', specDigest: 'sha256:2' });

  test.each<readonly [string, Run, readonly string[]]>([
    ['nothing', before, []],
    ['the seed', { ...before, seed: before.seed + 1 }, ['seed']],
    ['the model', runWith(results.pass, { digest: 'sha256:9', specDigest: 'sha256:2' }), ['model']],
    ['the spec', runWith(results.pass, { digest: 'sha256:1', specDigest: 'sha256:9' }), ['spec']],
    [
      'TensorFlow and the tool',
      {
        ...before,
        tool: { ...before.tool, version: '9' },
        environment: { ...before.environment, tensorflow: '2.99.0' },
      },
      ['tool', 'tensorflow'],
    ],
  ])('%s', (_, after, causes) => {
    expect(diffRuns(before, after).models[0]?.causes).toEqual(causes);
  });

  test('what a run does not tell is not called equal', () => {
    const after = runWith(results.pass, { digest: 'sha256:1' });
    expect(diffRuns(before, after).models[0]).toMatchObject({ causes: [], unknown: ['spec'] });
  });
});

test('a model that is gone, or was not run, could not be compared', () => {
  const [before, none] = [runWith(results.pass), { ...runWith(results.pass), models: [] }];
  expect(exitCodeOfDiff(diffRuns(before, none), none)).toBe(2);
  expect(exitCodeOfDiff(diffRuns(none, before), before)).toBe(2);
  const stopped = runWith(undefined, { problem: 'not run: the run was interrupted' });
  expect(exitCodeOfDiff(diffRuns(before, stopped), stopped)).toBe(2);
});

/** Of every run: without any decided check, nothing could be compared. */
const decided = check('a/z', 'must', 'It MUST.');

function runWith(result: CheckResult | undefined, also: Partial<ModelRun> = {}): Run {
  const run = conformingRun();
  const [model] = run.models;
  if (!model) throw new Error('The run has a model.');
  return { ...run, models: [{ ...model, ...also, checks: [...(result ? [result] : []), decided] }] };
}

test('two runs in which nothing was decided could not be compared', () => {
  const unread = {
    ...conformingRun(),
    models: conformingRun().models.map((model) => ({ ...model, checks: [] })),
  };
  expect(exitCodeOfDiff(diffRuns(unread, unread), unread)).toBe(2);
});

describe('the same model in two runs', () => {
  const [x, y] = ['x/m.yaml', 'y/m.yaml'].map((spec) => ({
    ...modelOf(runWith(results.fail)),
    name: 'm',
    spec,
  }));
  if (!x || !y) throw new Error('There are two.');
  const of = (...models: ModelRun[]): Run => ({ ...conformingRun(), models });
  const named = (before: Run, after: Run) =>
    diffRuns(before, after).models.map((model) => [model.name, model.before?.spec, model.after?.spec]);

  test('is that of its spec, whatever others have its name', () => {
    expect(named(of(x), of(y, x))).toEqual([
      ['m (x/m.yaml)', 'x/m.yaml', 'x/m.yaml'],
      ['m (y/m.yaml)', undefined, 'y/m.yaml'],
    ]);
    expect(exitCodeOfDiff(diffRuns(of(x, y), of(y)), of(y))).toBe(2);
  });

  test('is that of its name where its spec has moved', () => {
    expect(named(of(x), of(y))).toEqual([['m', 'x/m.yaml', 'y/m.yaml']]);
  });

  test('is told once for each time that it is there', () => {
    expect(named(of(x), of(x, { ...x }))).toHaveLength(2);
  });
});

function modelOf({ models: [model] }: Run): ModelRun {
  if (!model) throw new Error('The run has a model.');
  return model;
}
