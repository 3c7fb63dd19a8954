import { expect, test } from 'vitest';
import { fakeRun } from '../../harness/verdict/fake-run.test.support.js';
import type { CheckResult, ModelRun } from '../../harness/verdict/run.js';
import { differences, inWords, namesOf } from './differences.js';

const check = { id: 'a/b', status: 'pass', summary: '3 cases', durationMs: 4 } as CheckResult;
const model = {
  name: 'm',
  verdict: 'conforms',
  durationMs: 5,
  callMs: 3,
  checks: [check],
} as unknown as ModelRun;
const run = fakeRun([model], { seed: 1 });

test('times and the cache are no difference', () => {
  const cached = { ...check, durationMs: 9, fromCache: '2026-11-27' };
  const other = { ...model, durationMs: 7, callMs: 1, checks: [cached] };
  expect(differences(run, { ...run, startedAt: '2027-01-01', durationMs: 2, models: [other] })).toEqual([]);
});

test.each<[string, typeof run, string[]]>([
  ['a check', { ...run, models: [{ ...model, checks: [{ ...check, summary: '4 cases' }] }] }, ['m: a/b']],
  ['a model', { ...run, models: [{ ...model, digest: 'x' }] }, ['m']],
  ['one that is missing', { ...run, models: [] }, ['the run']],
  ['one that is added', { ...run, models: [model, model] }, ['the run', 'm', 'm: a/b']],
  ['the run itself', { ...run, seed: 2 }, ['the run']],
])('%s is one', (_, other, expected) => {
  expect(differences(run, other)).toEqual(expected);
});

test('of what is random, only whether the promise holds counts', () => {
  const as = (rest: Partial<CheckResult>) => ({
    ...run,
    models: [{ ...model, checks: [{ ...check, ...rest }] }],
  });
  expect(differences(run, as({ summary: '4 cases' }), ['m'])).toEqual([]);
  expect(differences(run, as({ status: 'skip' }), ['m'])).toEqual([]);
  expect(differences(run, as({ status: 'fail' }), ['m'])).toEqual(['m: a/b']);
  expect(differences(run, as({ status: 'error' }), ['m'])).toEqual(['m: a/b']);
});

test('a difference tells what both runs say, by the name of its model', () => {
  const other = { ...run, models: [{ ...model, checks: [{ ...check, summary: '4 cases' }] }] };
  const [differing = ''] = differences(run, other);
  expect(namesOf([differing])).toEqual(['m']);
  expect(inWords(differing, run, other)).toBe('m: a/b\n    pass, 3 cases\n    pass, 4 cases');
  expect(inWords('the run', run, other)).toBe('the run');
});
