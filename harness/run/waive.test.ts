import { expect, test } from 'vitest';
import { fingerprintOf } from '../verdict/fingerprint.js';
import type { CheckResult, Status } from '../verdict/run.js';
import { waived, waiverInForce } from './waive.js';

function result(status: Status): CheckResult {
  return {
    id: 'layout/channels-last',
    level: 'should',
    status,
    demands: '',
    summary: 'said',
    cases: 0,
    calls: 0,
    durationMs: 0,
  };
}

const waiver = { check: 'layout/channels-last', reason: 'tracked in #12', expires: '2027-06-30' };
const under = (status: Status, today: string) => waived([result(status)], [waiver], today)[0];

test('a failure is waived through the day on which the waiver expires', () => {
  expect(under('fail', '2027-06-30')).toMatchObject({
    status: 'waived',
    reason: 'tracked in #12 until 2027-06-30',
  });
});

test.each([
  ['has expired', 'fail', '2027-07-01', 'It expired on 2027-06-30'],
  ['is of a check that passes', 'pass', '2027-01-01', 'The check passes'],
  ['is of a check that does not apply', 'skip', '2027-01-01', 'The check does not apply'],
] as const)('a waiver that %s fails the run', (_, status, today, why) => {
  const stale = under(status, today);
  expect(stale).toMatchObject({ status: 'fail', level: 'must' });
  expect(stale?.finding?.actual).toContain(why);
});

test('an inconclusive check stays an error', () => {
  expect(under('error', '2027-01-01')).toMatchObject({ status: 'error' });
  expect(under('error', '2028-01-01')).toMatchObject({ status: 'error' });
});

test('other checks are left alone', () => {
  expect(waived([result('fail')], [{ ...waiver, check: 'other/check' }], '2027-01-01')).toEqual([
    result('fail'),
  ]);
});

test('a flaky check may pass or fail', () => {
  const flaky = { ...waiver, flaky: true };
  const underFlaky = (status: Status, today = '2027-01-01') => waived([result(status)], [flaky], today)[0];
  expect(underFlaky('pass')).toEqual(result('pass'));
  expect(underFlaky('fail')).toMatchObject({
    status: 'waived',
    reason: 'tracked in #12 (flaky) until 2027-06-30',
  });
  expect(underFlaky('skip')).toMatchObject({ status: 'fail', staleWaiver: { why: 'does-not-apply' } });
  expect(underFlaky('pass', '2027-07-01')).toMatchObject({ status: 'fail', staleWaiver: { why: 'expired' } });
});

test('a waiver of a check that is left to another one is not stale yet', () => {
  const left: CheckResult = { ...result('skip'), answeredBy: 'a/b' };
  expect(waived([left], [waiver], '2027-01-01')).toEqual([left]);
  const expired = waived([left], [waiver], '2027-07-01')[0];
  expect(expired).toMatchObject({ status: 'fail', staleWaiver: { why: 'expired' } });
  expect(expired).not.toHaveProperty('answeredBy');
});

test('what is wrong with a waiver is reported as data', () => {
  expect(under('pass', '2027-01-01')?.staleWaiver).toEqual({
    why: 'passes',
    reason: 'tracked in #12',
    expires: '2027-06-30',
  });
});

test('a waiver is in force through the day on which it expires', () => {
  expect(waiverInForce(waiver.check, [waiver], '2027-06-30')).toBe(waiver);
  expect(waiverInForce(waiver.check, [waiver], '2027-07-01')).toBeUndefined();
  expect(waiverInForce('other/check', [waiver], '2027-01-01')).toBeUndefined();
});

test('a waiver that names a finding accepts no other', () => {
  const finding = { where: 'output', expected: 'float32', actual: 'float16', remedy: 'Cast it.' };
  const failed = { ...result('fail'), finding };
  const naming = (fingerprint: string) =>
    waived([failed], [{ ...waiver, finding: fingerprint }], '2027-01-01')[0];
  const fingerprint = fingerprintOf(failed) ?? '';
  expect(naming(fingerprint)).toMatchObject({ status: 'waived' });
  const other = naming('0123456789abcdef');
  expect(other).toMatchObject({ status: 'fail', level: 'should' });
  expect(other?.finding?.remedy).toContain(`\`finding: ${fingerprint}\``);
  expect(fingerprintOf(other ?? failed)).toBe(fingerprint);
});
