import { describe, expect, test } from 'vitest';
import { diffRuns } from '../../harness/verdict/diff/diff-runs.js';
import { exitCodeOfDiff } from '../../harness/verdict/diff/exit-code.js';
import { runOfText } from '../fixtures/extreme-runs.js';
import { conformingRun, variedRun } from '../fixtures/varied-run.js';
import { diffJson } from './json.js';
import { diffMarkdown } from './markdown.js';
import { diffText } from './terminal.js';

const varied = variedRun();
const mended = {
  ...varied,
  seed: varied.seed + 1,
  models: varied.models.map((model) => ({
    ...model,
    checks: model.checks.map((one) => (one.status === 'fail' ? { ...one, status: 'pass' as const } : one)),
  })),
};
const worse = diffRuns(mended, varied);
const better = diffRuns(varied, mended);

describe('the differences of two runs', () => {
  test('as text: the models that changed, what differs, and the counts', () => {
    const text = diffText(worse, exitCodeOfDiff(worse, varied), false, 100);
    expect(text).toMatch(/^tiny-features-truncated {2}only the seed differs/m);
    expect(text).toMatch(/✗ newly broken {2}input\/every-size/);
    expect(text).toMatch(/✗ Something is newly broken\n {2}\d+ models: \d+ newly broken/);
  });

  test('what was fixed is no reason to fail', () => {
    const text = diffText(better, exitCodeOfDiff(better, mended), false, 100);
    expect(text).toMatch(/✓ fixed {2}input\/every-size/);
    expect(text).toMatch(/✓ Nothing is newly broken/);
  });

  test('what a failed check answers for is no longer decided, told once', () => {
    const left = { status: 'skip' as const, reason: 'No value; see a/c.', answeredBy: 'a/c' };
    const unanswered = {
      ...mended,
      models: mended.models.map((model) => ({
        ...model,
        checks: model.checks.map((one) => (one.status === 'pass' ? { ...one, ...left } : one)),
      })),
    };
    const found = diffRuns(mended, unanswered);
    const code = exitCodeOfDiff(found, unanswered);
    const text = diffText(found, code, false, 100);
    expect(code).toBe(2);
    expect(text).toMatch(/\? no longer decided {2}[a-z-]+\/[a-z-]+, [a-z-]+\/[a-z-]+/);
    expect(text).toContain('? Something is no longer decided');
  });

  test('a SHOULD that is newly broken is not called nothing', () => {
    const should = { ...mended.models[0]?.checks[0], id: 'a/should', level: 'should' as const };
    const withOne = (status: 'pass' | 'fail') =>
      ({ ...mended, models: [{ ...mended.models[0], checks: [{ ...should, status }] }] }) as typeof mended;
    const found = diffRuns(withOne('pass'), withOne('fail'));
    expect(diffText(found, exitCodeOfDiff(found, mended), false, 100)).toContain('No MUST is newly broken');
  });

  test('a model with other files is named though every check says the same', () => {
    const other = { ...varied, models: varied.models.map((model) => ({ ...model, digest: 'sha256:other' })) };
    const found = diffRuns(mended, { ...other, models: other.models.slice(0, 1) });
    expect(diffText(found, 0, false, 100)).toContain(
      'Other files, and all checks as before: tiny-classifier.',
    );
  });

  test('as Markdown: a table of the changes', () => {
    const page = diffMarkdown(worse, 1);
    expect(page).toMatch(/^## ❌ Something is newly broken\n/);
    expect(page).toMatch(/\| tiny-features-truncated \| input\/every-size \| newly broken \|/);
  });

  test('as JSON: each change with the fingerprints of its findings', () => {
    const { models } = JSON.parse(diffJson(worse));
    const changes = models.flatMap((model: { changes: unknown[] }) => model.changes);
    expect(changes).toContainEqual(
      expect.objectContaining({
        id: 'input/every-size',
        change: 'broken',
        after: { status: 'fail', fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) },
      }),
    );
  });

  test('text of a stranger stays text', () => {
    const hostile = diffRuns(conformingRun(), runOfText('\u001b[2J</script>|`'));
    expect(diffText(hostile, 1, false, 100)).not.toContain('\u001b');
    expect(diffMarkdown(hostile, 1)).not.toContain('\u001b');
  });
});
