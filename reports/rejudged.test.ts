import { describe, expect, test } from 'vitest';
import type { Run } from '../harness/verdict/run.js';
import { variedRun } from './fixtures/varied-run.js';
import { formats } from './formats.js';
import { matrixOf } from './matrix/matrix.js';
import { rejudgedInFull } from './wording/rejudged.js';

const made = variedRun();
const run: Run = {
  ...made,
  rejudged: {
    from: '../first/run.json',
    digest: 'sha256:0123',
    tolerance: { absolute: 1e-3, relative: 1e-4 },
    waivers: [{ model: 'm', check: 'a/b', reason: 'known' }],
  },
};

test('it is told by what a run was judged again, and which run', () => {
  expect(rejudgedInFull(run)).toBe(
    'judged again with --tolerance 0.001,0.0001 and --waive a/b, without TensorFlow, from ../first/run.json (sha256:0123); a/b of m waived: known',
  );
  expect(rejudgedInFull(made)).toBeUndefined();
});

describe('every report says it, and only of such a run', () => {
  test.each(formats)('$name', ({ render }) => {
    const told = /judged again with -|"rejudged": \{/;
    expect(render(run)).toMatch(told);
    expect(render(made)).not.toMatch(told);
  });

  test('a matrix', () => {
    const [row] = matrixOf([{ file: 'run.json', run }]).rows;
    expect(row?.run).toBe('run.json (judged again with --tolerance 0.001,0.0001 and --waive a/b)');
  });
});
