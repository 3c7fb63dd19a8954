import { expect, test } from 'vitest';
import type { CheckResult } from '../verdict/run.js';
import { verified } from './verified.js';

const base = { demands: '', summary: 'See a/b.', cases: 0, calls: 0, durationMs: 0 } as const;
const left: CheckResult = { ...base, id: 'c/d', level: 'must', status: 'skip', answeredBy: 'a/b' };
const partly: CheckResult = { ...left, status: 'pass', evidence: { leftTo: { 'a/b': 3 } } };
const named = (result: Partial<CheckResult>): CheckResult => ({
  ...base,
  id: 'a/b',
  level: 'must',
  status: 'fail',
  ...result,
});
const stale = { reason: 'known' } as const;

test.each<readonly [string, Partial<CheckResult>]>([
  ['has failed', {}],
  ['could not be decided', { status: 'error' }],
  ['has failed, and its waiver has expired', { staleWaiver: { ...stale, why: 'expired' } }],
])('what is left to a check that %s stays left', (_, result) => {
  expect(verified([named(result), left, partly])).toEqual([named(result), left, partly]);
});

test.each<readonly [string, readonly CheckResult[]]>([
  ['passed', [named({ status: 'pass' })]],
  ['was skipped', [named({ status: 'skip' })]],
  ['is waived', [named({ status: 'waived' })]],
  ['has failed as a SHOULD', [named({ level: 'should' })]],
  ['fails for its waiver only', [named({ staleWaiver: { ...stale, why: 'passes' } })]],
  ['was not run', []],
])('what is left to a check that %s could not be decided', (_, others) => {
  const results = verified([...others, { ...left, answeredBy: 'a/b' }, partly]).slice(others.length);
  for (const result of results) {
    expect(result).toMatchObject({ id: 'c/d', status: 'error' });
    expect(result.reason).toMatch(/ But a\/b (is waived|reports no failure)\.$/);
    expect(result).not.toHaveProperty('answeredBy');
  }
  expect(results).toHaveLength(2);
});

const decided: CheckResult = { ...base, id: 'c/d', level: 'must', status: 'skip', decidedBy: 'a/b' };

test.each<readonly [string, Partial<CheckResult>]>([
  ['passed', { status: 'pass' }],
  ['failed', {}],
  ['could not decide', { status: 'error' }],
  ['is waived as a SHOULD', { status: 'waived', level: 'should' }],
])('what another method decides, which %s, stays decided', (_, result) => {
  expect(verified([named(result), decided])).toEqual([named(result), decided]);
});

test.each<readonly [string, readonly CheckResult[]]>([
  ['is waived', [named({ status: 'waived' })]],
  ['was skipped, too', [named({ status: 'skip', decidedBy: 'c/d' })]],
  ['was not run', []],
])('what another method decides, which %s, could not be decided', (_, others) => {
  const result = verified([...others, decided]).at(-1);
  expect(result).toMatchObject({ status: 'error', reason: 'See a/b. But a/b gives no answer.' });
  expect(result).not.toHaveProperty('decidedBy');
});
