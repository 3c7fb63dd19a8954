import { expect, test } from 'vitest';
import type { CauseKind } from './cause.js';
import { always, type Check } from './check.js';
import { inRunOrder } from './run-order.js';

const rule = { level: 'must', demands: '', explain: { matters: '', decided: '', fix: '' } } as const;

function reading(id: string, ...answersFor: readonly CauseKind[]): Check {
  const read = () => ({ status: 'pass', summary: '' }) as const;
  return { ...rule, id, answersFor, applies: always, kind: 'reading', read };
}

function measurement(id: string, ...answersFor: readonly CauseKind[]): Check {
  const measure = async () => ({ status: 'pass', summary: '' }) as const;
  return { ...rule, id, answersFor, applies: always, kind: 'measurement', measure };
}

function ordered(...checks: readonly Check[]): string[] {
  return inRunOrder(checks, ['second', 'first']).map(({ id }) => id);
}

test('what is read off the files comes before calls', () => {
  expect(ordered(measurement('a/calls', 'wrong-dtype'), reading('b/reads'))).toEqual(['b/reads', 'a/calls']);
});

test('what answers for a cause comes before what leans on it, and a check of several causes after all of them', () => {
  expect(
    ordered(
      measurement('a/none'),
      measurement('b/both', 'wrong-structure', 'not-finite'),
      measurement('c/finite', 'not-finite'),
      measurement('d/dtype', 'wrong-dtype'),
    ),
  ).toEqual(['d/dtype', 'b/both', 'c/finite', 'a/none']);
});

test('else suites have their order, and their checks that of their names; suites that are not named come last', () => {
  expect(
    ordered(...['first/b', 'other/a', 'second/z', 'first/a', 'second/y'].map((id) => measurement(id))),
  ).toEqual(['second/y', 'second/z', 'first/a', 'first/b', 'other/a']);
});
