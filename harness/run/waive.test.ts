import { expect, test } from 'vitest';
import type { CheckResult, Status } from '../verdict/run.js';
import { waived } from './waive.js';

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
