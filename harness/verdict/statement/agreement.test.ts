import { describe, expect, test } from 'vitest';
import type { CheckResult } from '../run.js';
import { type AgreementKind, agreementsOf, exitCodeOfAgreements } from './agreement.js';
import type { Reservation, Statement, TestResult } from './statement.js';

const nothing = { passedTests: [], warnedTests: [], failedTests: [] };
const because = [{ test: 'a', reason: 'r' }];

/** A statement on the one test `a`. */
const lists = {
  passed: { passedTests: ['a'] },
  warned: { warnedTests: ['a'] },
  waived: { warnedTests: ['a'], assay: { waivers: because } },
  failed: { failedTests: ['a'] },
  undecided: { assay: { undecided: because } },
  'not tested': { assay: { notTested: because } },
  nothing: {},
} as const;

function stated(as: keyof typeof lists, reservations: readonly Reservation[] = []): Statement {
  const { assay = {}, ...listed } = lists[as] as { assay?: object } & Partial<TestResult>;
  const said = { strict: false, reservations, undecided: [], notTested: [], waivers: [], ...assay };
  return { predicate: { ...nothing, ...listed, model_assay: said } } as unknown as Statement;
}

const now = {
  passed: { status: 'pass' },
  warned: { status: 'fail', level: 'should' },
  waived: { status: 'waived' },
  failed: { status: 'fail' },
  expired: { status: 'fail', staleWaiver: { why: 'expired', reason: 'r' } },
  unneeded: { status: 'fail', staleWaiver: { why: 'passes', reason: 'r' } },
  undecided: { status: 'error' },
  'not tested': { status: 'skip' },
} as const;

function result(as: keyof typeof now): CheckResult {
  const spent = { cases: 0, calls: 0, durationMs: 0 };
  return { id: 'a', level: 'must', demands: 'd', summary: 's', ...spent, ...now[as] };
}

describe('what is stated, and what came of it now', () => {
  test.each<[keyof typeof lists, keyof typeof now, AgreementKind, 0 | 1 | 2]>([
    ['passed', 'passed', 'agrees', 0],
    ['passed', 'failed', 'contradicts', 1],
    ['passed', 'warned', 'contradicts', 1],
    ['passed', 'undecided', 'undecided', 2],
    ['passed', 'not tested', 'undecided', 2],
    ['passed', 'waived', 'agrees', 0],
    ['warned', 'warned', 'agrees', 0],
    ['warned', 'passed', 'contradicts', 1],
    ['failed', 'failed', 'agrees', 0],
    ['failed', 'passed', 'contradicts', 1],
    ['failed', 'undecided', 'undecided', 2],
    ['waived', 'waived', 'agrees', 0],
    ['waived', 'passed', 'agrees', 0],
    ['waived', 'expired', 'agrees', 0],
    ['waived', 'unneeded', 'contradicts', 1],
    ['undecided', 'failed', 'not stated', 2],
    ['undecided', 'undecided', 'not stated', 2],
    ['not tested', 'not tested', 'not rerun', 2],
    ['not tested', 'failed', 'contradicts', 1],
    ['not tested', 'passed', 'not stated', 2],
    ['nothing', 'failed', 'not stated', 2],
  ])('%s, now %s: %s', (before, after, kind, code) => {
    const found = agreementsOf(stated(before), [result(after)], none);
    expect(found).toMatchObject([{ test: 'a', kind }]);
    expect(exitCodeOfAgreements(found)).toBe(code);
  });

  test('of a statement on chosen checks, the others are not stated', () => {
    const [found] = agreementsOf(stated('not tested', ['filtered']), [result('failed')], none);
    expect(found?.kind).toBe('not stated');
  });

  test('a failure that is not stated is no agreement, whatever else agrees', () => {
    const found = agreementsOf(stated('passed'), [result('passed'), { ...result('failed'), id: 'b' }], none);
    expect(found.map(({ kind }) => kind)).toEqual(['agrees', 'not stated']);
    expect(exitCodeOfAgreements(found)).toBe(2);
  });

  test('what was not chosen neither agrees nor contradicts', () => {
    const found = agreementsOf(stated('passed'), [], (test) => test === 'a');
    expect(found).toEqual([{ test: 'a', kind: 'not rerun', stated: 'passed' }]);
    expect(exitCodeOfAgreements(found)).toBe(2);
    const other = [{ ...result('passed'), id: 'b' }];
    expect(exitCodeOfAgreements(agreementsOf(both, other, (test) => test === 'a'))).toBe(0);
  });

  test('what was stated and is not rerun, though all was to be, is a gap', () => {
    const found = agreementsOf(both, [{ ...result('passed'), id: 'b' }], none);
    expect(found.map(({ kind }) => kind)).toEqual(['undecided', 'agrees']);
    expect(exitCodeOfAgreements(found)).toBe(2);
  });
});

const none = () => false;
const both = {
  predicate: { ...stated('passed').predicate, passedTests: ['a', 'b'] },
} as unknown as Statement;
