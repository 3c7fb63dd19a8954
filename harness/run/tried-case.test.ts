import { expect, test } from 'vitest';
import { fakeContract } from '../contract/testing/fake-contract.js';
import type { Batch } from '../verdict/batch.js';
import { bound, evidenceOf, passInWords, type TriedCase } from './tried-case.js';

test('no failure in n cases leaves a failure rate just under 3/n at 95 %', () => {
  for (const cases of [10, 100, 1000]) {
    expect(bound(cases)).toBeLessThan(3 / cases);
    expect((1 - bound(cases)) ** cases).toBeCloseTo(0.05, 3);
  }
});

const batch: Batch = { count: 1, height: 16, width: 16, pattern: 'noise', seed: 1 };

function times(count: number, one: Omit<TriedCase, 'batch'>): TriedCase[] {
  return Array.from({ length: count }, () => ({ batch, ...one }));
}

test('a pass states its cases and the failure rate that its random ones leave, and counts no corners in it', () => {
  const corners = times(20, { outcome: 'pass', drawn: false });
  expect(passInWords(corners, 'all equal')).toBe('20 batches: all equal');
  const random = times(100, { outcome: 'pass', drawn: true });
  expect(passInWords([...corners, ...random], 'all equal')).toBe(
    '120 batches, 100 at random: all equal; under 2.95 % fail (95 % confidence)',
  );
  // The bound of one would be 95 %.
  expect(passInWords(times(1, { outcome: 'pass', drawn: true }), 'all equal')).toBe(
    '1 batches, 1 at random: all equal',
  );
  const why = { kind: 'size-failed', of: 'f', text: 'The call fails at 16×16' } as const;
  const left = times(3, { outcome: 'left-out', drawn: true, leftTo: { id: 'input/every-size', why } });
  expect(passInWords([...corners, ...random, ...left], 'all equal')).toContain(
    '; 3 left to input/every-size;',
  );
});

test('the evidence has the batch size of every case', () => {
  const cases = [3, 1, 3].map(
    (count): TriedCase => ({ batch: { ...batch, count }, outcome: 'pass', drawn: true }),
  );
  expect(evidenceOf(cases, fakeContract(), 1).batches).toEqual([1, 3, 3]);
});
