import { describe, expect, test } from 'vitest';
import type { Run } from '../../verdict/run.js';
import type { Rejudging } from './rejudge.js';
import { again, check, failed, finding, keep, model, runOf } from './rejudge.test.support.js';

describe('a waiver', () => {
  const waive = (run: Run, ...waivers: Rejudging['waivers']) => again(run, { waivers });

  test('excuses a failure, with its reason', () => {
    const run = waive(runOf(model([failed(), check('c/d', {})])), { check: 'a/b', reason: 'known' });
    expect(run.verdict).toBe('conforms');
    expect(run.models[0]?.checks[0]).toMatchObject({ status: 'waived', reason: 'known' });
    expect(run.rejudged).toEqual({
      from: '../run.json',
      digest: 'sha256:0',
      waivers: [{ model: 'm', check: 'a/b', reason: 'known' }],
    });
  });

  test('excuses nothing that was left to the failed check', () => {
    const left = check('c/d', { status: 'skip', answeredBy: 'a/b', summary: 'See a/b.' });
    const run = waive(runOf(model([failed(), left])), { check: 'a/b', reason: 'known' });
    expect(run.verdict).toBe('unknown');
    expect(run.models[0]?.checks[1]).toMatchObject({ status: 'error' });
  });

  test.each([
    ['passes', {}, 'The check passes'],
    ['does not apply', { status: 'skip', reason: 'r' }, 'The check does not apply'],
  ] as const)('of a check that %s fails the run, as in a spec', (_, rest, why) => {
    const run = waive(runOf(model([check('a/b', rest)])), { check: 'a/b', reason: 'known' });
    expect(run.verdict).toBe('does-not-conform');
    expect(run.models[0]?.checks[0]?.finding).toMatchObject({
      actual: expect.stringContaining(why),
      remedy: 'Leave out --waive a/b.',
    });
  });

  test('comes after the tolerance, and leaves what could not be decided undecided', () => {
    keep();
    const run = again(runOf(model([failed()])), {
      tolerance: { absolute: 1e-3, relative: 0 },
      waivers: [{ check: 'a/b', reason: 'known' }],
    });
    expect(run.verdict).toBe('unknown');
  });

  test('is of one model, by its name or its spec', () => {
    const two = runOf(model([failed()]), model([failed()], 'n'));
    const verdicts = (of: string) =>
      waive(two, { model: of, check: 'a/b', reason: 'r' }).models.map(({ verdict }) => verdict);
    expect(verdicts('n')).toEqual(['does-not-conform', 'conforms']);
    expect(verdicts("m's.yaml")).toEqual(['conforms', 'does-not-conform']);
  });

  test.each([
    ['of a check of safety', { check: 'safety/x' }, "a check of safety can't be waived"],
    ['of a check that is not there', { check: 'x/y' }, 'the run has no such check of m'],
    ['of a model that is not there', { check: 'a/b', model: 'x' }, 'what the run calls x is 0 models'],
    ['of a failure that is waived', { check: 'w/w' }, 'the spec waives it already: r'],
    ['of a stale waiver', { check: 's/s' }, 'it fails over its waiver in the spec'],
  ])('%s is refused', (_, waiver, why) => {
    const checks = [
      failed(),
      check('safety/x', { status: 'fail', finding }),
      check('w/w', { status: 'waived', reason: 'r' }),
      check('s/s', { status: 'fail', finding, staleWaiver: { why: 'passes', reason: 'r' } }),
    ];
    expect(() => waive(runOf(model(checks)), { reason: 'r', ...waiver })).toThrow(why);
  });

  test('is refused twice, and of no model where there are several', () => {
    const known = { check: 'a/b', reason: 'r' };
    expect(() => waive(runOf(model([failed()])), known, known)).toThrow('it is waived twice');
    expect(() => waive(runOf(model([failed()]), model([], 'n')), known)).toThrow('the run is 2 models');
  });
});

test('a run that was judged again is not judged once more', () => {
  const rejudged = { from: '../first/run.json', digest: 'sha256:1' };
  expect(() => again({ ...runOf(), rejudged }, {})).toThrow('This run was judged again already.');
});
