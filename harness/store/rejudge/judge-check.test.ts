import { describe, expect, test } from 'vitest';
import type { CheckResult, Evidence } from '../../verdict/run.js';
import { check, judged, noise } from './rejudge.test.support.js';

describe('a pass', () => {
  const passed = (evidence: Evidence | undefined, rest: Partial<CheckResult> = {}) =>
    check('a/b', { comparisons: 'recorded', ...(evidence ? { evidence } : {}), ...rest });

  test('stays one where all that was compared lies within the tolerance', () => {
    const one = passed(noise(1e-6, 1e-5));
    expect(judged(one, 1e-6)).toEqual(one);
  });

  test('becomes a failure where it does not', () => {
    expect(judged(passed(noise(1e-6, 1e-5)), 9e-7)).toMatchObject({
      status: 'fail',
      finding: {
        expected: 'a difference of at most ± 9e-7 (--tolerance)',
        actual: 'outputs that differ by up to 1e-6, where the largest value is 4',
      },
    });
  });

  test('is not kept by a loose comparison that hides a larger difference', () => {
    const hiding = passed(noise(0, 1e-2, { largest: { difference: 1e-3, scale: 4 } }));
    expect(judged(hiding, 1e-4)?.status).toBe('fail');
    const forged = passed(noise(1e-3, 1e-2, { largest: { difference: 0, scale: 4 } }));
    expect(judged(forged, 1e-4)?.status).toBe('fail');
  });

  test.each([
    ['the values matter', noise(1e-3, 1e-2), 0, 1e-2, 'depends on the values'],
    [
      'an older version did not keep the largest',
      noise(0, 1e-2, { largest: null }),
      1e-3,
      0,
      'older version',
    ],
    ['the tolerance is wider than the differences of images', noise(0), 1, 0, 'nothing could be seen'],
  ])('could not be decided where %s', (_, evidence, absolute, relative, why) => {
    expect(judged(passed(evidence), absolute, relative)).toMatchObject({
      status: 'error',
      reason: expect.stringContaining(why),
    });
  });

  test('that left cases to another check could not be decided: their outputs were not compared', () => {
    expect(judged(passed({ ...noise(0), leftTo: { 'c/d': 3 } }), 1e-3)?.status).toBe('error');
  });

  test('of a check that does not record what it compares could not be decided', () => {
    expect(judged(passed(undefined, { comparisons: 'unrecorded' }), 1e-3)?.status).toBe('error');
  });

  test('that no tolerance was part of stays, as does one in which nothing was compared', () => {
    for (const one of [check('c/d', {}), passed(undefined)]) expect(judged(one, 1e-9)).toEqual(one);
  });

  test('of evidence that is no number is none', () => {
    expect(judged(passed(noise('x')), 0.1)?.status).toBe('fail');
    expect(judged(passed(noise(-1)), 0.1)?.status).toBe('fail');
  });
});
