import { expect, test } from 'vitest';
import type { Conclusion } from './check.js';
import { faultInConclusion } from './shape-of-conclusion.js';

const finding = { where: 'w', expected: 'e', actual: '' };

test.each<Conclusion>([
  { status: 'pass', summary: '' },
  { status: 'fail', finding },
  { status: 'error', reason: 'r' },
  { status: 'skip', reason: 'r' },
])('$status is a conclusion', (conclusion) => {
  expect(faultInConclusion(conclusion)).toBeUndefined();
});

test.each([
  [undefined, 'It must return an object.'],
  [true, 'It must return an object.'],
  [{ status: 'passed' }, "`status` must be 'pass', 'fail', 'error' or 'skip'."],
  [{ status: 'pass' }, '`summary` must be a text.'],
  [{ status: 'skip' }, '`reason` must be a text.'],
  [{ status: 'fail' }, '`finding` must be an object.'],
  [{ status: 'fail', finding: { ...finding, actual: 3 } }, '`actual` must be a text.'],
])('%j is none', (value, fault) => {
  expect(faultInConclusion(value)).toBe(fault);
});
