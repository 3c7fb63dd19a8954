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

test('outputs are kept as they are: JSON would make text of each number', () => {
  const outputs = { toJSON: () => expect.fail('It was made text.') };
  expect(faultInConclusion({ status: 'fail', finding, outputs })).toBeUndefined();
});

const circle: Record<string, unknown> = {};
circle.circle = circle;

test.each<[unknown, unknown]>([
  [
    { status: 'pass', summary: '', evidence: { a: 1n } },
    expect.stringContaining('JSON can hold: Do not know how'),
  ],
  [
    { status: 'pass', summary: '', evidence: circle },
    expect.stringContaining('JSON can hold: Converting circular'),
  ],
  [undefined, 'It must return an object.'],
  [true, 'It must return an object.'],
  [{ status: 'passed' }, "`status` must be 'pass', 'fail', 'error' or 'skip'."],
  [{ status: 'pass' }, '`summary` must be a text.'],
  [{ status: 'skip' }, '`reason` must be a text.'],
  [{ status: 'fail' }, '`finding` must be an object.'],
  [{ status: 'fail', finding: { ...finding, actual: 3 } }, '`actual` must be a text.'],
])('what is none: %#', (value, fault) => {
  expect(faultInConclusion(value)).toEqual(fault);
});
