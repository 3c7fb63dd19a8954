import { describe, expect, test } from 'vitest';
import type { CheckResult, Level, Status } from './run.js';
import { exitCodeOf, exitCodeOfRun, verdictOf, worst } from './verdict.js';

function result(status: Status, level: Level = 'must', warnings: readonly string[] = []): CheckResult {
  return { id: 'a/b', level, status, demands: '', summary: '', cases: 0, calls: 0, durationMs: 0, warnings };
}

describe('a model', () => {
  test.each([
    ['nothing checked', [], 'unknown'],
    ['only skips', [result('skip')], 'unknown'],
    ['a pass', [result('pass'), result('skip')], 'conforms'],
    ['a failed MUST', [result('pass'), result('fail')], 'does-not-conform'],
    ['a failed SHOULD', [result('pass'), result('fail', 'should')], 'conforms'],
    ['an error', [result('pass'), result('error')], 'unknown'],
    ['an error and a failed MUST', [result('error'), result('fail')], 'does-not-conform'],
    ['a waived failure', [result('waived')], 'conforms'],
  ] as const)('%s', (_, checks, verdict) => {
    expect(verdictOf(checks, false)).toBe(verdict);
  });

  test('a failed SHOULD and a warning fail a strict run', () => {
    expect(verdictOf([result('fail', 'should')], true)).toBe('does-not-conform');
    expect(verdictOf([result('pass', 'must', ['x'])], true)).toBe('does-not-conform');
    expect(verdictOf([result('pass', 'must', ['x'])], false)).toBe('conforms');
  });
});

test('a run is as good as its worst model, and nothing checked is no success', () => {
  expect(worst([])).toBe('unknown');
  expect(worst(['conforms', 'unknown'])).toBe('unknown');
  expect(worst(['conforms', 'unknown', 'does-not-conform'])).toBe('does-not-conform');
  expect(
    ['conforms', 'does-not-conform', 'unknown'].map((verdict) => exitCodeOf(verdict as 'conforms')),
  ).toEqual([0, 1, 2]);
});

test.each([
  ['a broken promise', 'does-not-conform', 1],
  ['promises kept so far', 'conforms', 2],
  ['nothing known', 'unknown', 2],
] as const)('a run that was stopped, with %s', (_, verdict, code) => {
  expect(exitCodeOfRun({ verdict, interrupted: true })).toBe(code);
});
