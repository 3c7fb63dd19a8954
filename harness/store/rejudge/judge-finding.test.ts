import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { CheckResult } from '../../verdict/run.js';
import {
  again,
  apart,
  batch,
  check,
  failed,
  files,
  finding,
  folder,
  judged,
  keep,
  model,
  noise,
  rows,
  runOf,
} from './rejudge.test.support.js';

beforeEach(() => {
  for (const file of files) rmSync(path.join(folder, file), { recursive: true, force: true });
});

describe('a failure', () => {
  test('beyond the tolerance stays one, and tells by how much', () => {
    keep();
    expect(judged(failed(), 1e-5)).toMatchObject({
      status: 'fail',
      finding: {
        expected: '0.5 ± 1e-5 (by --tolerance) in row 1, column 0',
        actual: '0.500977: off by 0.000977, 0.000244 of the largest value of the row',
        units: [{ unit: 0, one: '0.5', other: '0.500977' }],
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
    });
  });

  test('within it could not be decided, and no model conforms by that', () => {
    keep();
    const run = again(runOf(model([failed(), check('c/d', {})])), {
      tolerance: { absolute: 1e-3, relative: 0 },
    });
    expect(run.verdict).toBe('unknown');
    expect(run.models[0]?.checks[0]).toMatchObject({
      status: 'error',
      reason: expect.stringContaining(
        "after 3 cases in all; no other was tried. To find out: `assay check 'm'\\''s.yaml' --only a/b`, with `tolerance: { absolute: 0.001 }` in the spec.",
      ),
    });
    expect(run.models[0]?.checks[0]?.finding).toBeUndefined();
  });

  test('is judged by the share of its own value that a relative tolerance allows', () => {
    keep();
    expect(judged(failed(), 0, 1.9e-3)?.status).toBe('fail');
    expect(judged(failed(), 0, 2e-3)?.status).toBe('error');
  });

  test('of NaN stays one within anything', () => {
    keep(rows.one, [1, 2, Number.NaN, 4]);
    expect(judged(failed({ evidence: noise('NaN') }), 0.3)).toMatchObject({
      status: 'fail',
      finding: { actual: 'NaN' },
    });
    const without = failed({
      evidence: noise('NaN'),
      finding: { ...finding, outputs: ['cases/x.npy', files[0]] },
    });
    expect(judged(without, 0.3)?.status).toBe('fail');
  });

  test('of named rows compares these, and no others', () => {
    keep([0, 0, 1, 2], [1 + apart, 2, 9, 9]);
    const compared = { one: { batch, row: 1 }, other: { batch, row: 0 } };
    const named = failed({ finding: { ...finding, compared } });
    expect(judged(named, 1e-3)?.status).toBe('error');
    expect(judged(named, 1e-4)?.finding?.expected).toContain('in row 1, column 0');
  });

  test.each([
    ['fail', 1e-5],
    ['error', 1e-3],
  ])('whose files are gone is judged by what the run tells, and says so: %s', (status, tolerance) => {
    const after = judged(failed(), tolerance);
    expect(after?.status).toBe(status);
    if (status === 'fail') expect(after?.finding?.actual).toContain('the outputs are not beside it');
  });

  test('whose files are gone could not be decided where the values matter', () => {
    expect(judged(failed(), 0, 1e-3)).toMatchObject({
      status: 'error',
      reason: expect.stringContaining('depends on the values'),
    });
  });

  test.each([
    [
      'over something else than the comparison',
      { evidence: noise(0), finding: { ...finding, outputs: undefined } },
    ],
    ['over no comparison', { evidence: undefined }],
    ['of a waiver in the spec', { staleWaiver: { why: 'passes', reason: 'r' } }],
  ] as const)('%s stays as it was', (_, rest) => {
    keep();
    const before = JSON.parse(JSON.stringify(failed(rest as Partial<CheckResult>))) as CheckResult;
    expect(judged(before, 1e9)).toEqual(before);
  });

  test('that the spec waives stays waived beyond the tolerance, and is undecided within', () => {
    keep();
    const waived = failed({ status: 'waived', reason: 'r' });
    expect(judged(waived, 1e-5)).toMatchObject({ status: 'waived', reason: 'r' });
    expect(judged(waived, 1e-3)?.status).toBe('error');
  });
});

describe('files that contradict the run are refused', () => {
  const refused = (one: CheckResult) => expect(() => judged(one, 1e-3));

  test('other values', () => {
    keep(rows.one, [1, 2, 0.75, 4]);
    refused(failed()).toThrow('the rows differ by 0.25, and by 0.000976563 in run.json');
    keep(rows.one, rows.one);
    refused(failed()).toThrow('are not those of this run');
  });

  test('other shapes, dtypes and lengths', () => {
    keep(rows.one, rows.other, [1, 4]);
    refused(failed()).toThrow('it has 1 rows, and the finding is of 2 images');
    keep(rows.one, rows.other, [4]);
    refused(failed()).toThrow('Its shape is [4]; expected [rows, units] by rows.');
    keep(rows.one, rows.other, [2, 2 ** 40]);
    refused(failed()).toThrow('bytes of values and holds 16');
    writeFileSync(path.join(folder, files[0]), 'no array');
    refused(failed()).toThrow('It is not a NumPy file.');
  });

  test('a row that is not there', () => {
    keep();
    const compared = { one: { batch, row: 2 }, other: { batch, row: 0 } };
    refused(failed({ finding: { ...finding, compared } })).toThrow('row 2 was compared');
  });

  test.each(['/etc/passwd', '../run.json', 'cases/../../x.npy', '/tmp/cases/x.npy', 'cases/a b.npy'])(
    'the path %s',
    (file) => {
      refused(failed({ finding: { ...finding, outputs: [file, files[1]] } })).toThrow('cases/NAME.npy');
    },
  );

  test('a device, a folder, and a file that is too large', () => {
    keep();
    const file = path.join(folder, files[0]);
    rmSync(file);
    symlinkSync('/dev/zero', file);
    refused(failed()).toThrow('it cannot be read (EFTYPE)');
    rmSync(file);
    mkdirSync(file);
    refused(failed()).toThrow('it cannot be read (EISDIR)');
    rmSync(file, { recursive: true });
    writeFileSync(file, Buffer.alloc(5 * 2 ** 20));
    refused(failed()).toThrow('it cannot be read (EFBIG)');
  });
});
