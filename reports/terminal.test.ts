import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { everyCharacter, runOfText, stoppedRun } from './fixtures/extreme-runs.js';
import { conformingRun, variedRun } from './fixtures/varied-run.js';
import { terminal } from './terminal.js';

const plain = { color: false, columns: undefined };

describe('terminal', () => {
  test('gives a model that conforms one line', () => {
    const [first, second] = terminal(conformingRun(), plain).split('\n');
    expect(first).toBe('✓ tiny-classifier  conforms  4 passed, 1 skipped  618 ms');
    expect(second).toBe('');
  });

  test('gives a model that was not run one line', () => {
    const lines = terminal(stoppedRun(3), plain).split('\n');
    expect(lines.slice(0, 3)).toEqual(
      [0, 1, 2].map((k) => `? model-${k}  could not decide  not run: the run was interrupted  0 ms`),
    );
  });

  test('tells a reason that several checks could not decide for once', () => {
    const run = conformingRun();
    const models = run.models.map((model) => ({
      ...model,
      checks: model.checks.map((check) => ({
        ...check,
        status: 'error' as const,
        reason: 'The time was up.',
      })),
    }));
    const text = terminal({ ...run, models }, plain);
    expect(text.match(/The time was up/g)).toHaveLength(1);
    for (const { id } of run.models[0]?.checks ?? []) expect(text).toContain(id);
  });

  test('heads a stale waiver as that', () => {
    const run = conformingRun();
    const staleWaiver = { why: 'passes', reason: 'known' } as const;
    const models = run.models.map((model) => ({
      ...model,
      verdict: 'does-not-conform' as const,
      checks: model.checks.slice(0, 1).map((check) => ({ ...check, status: 'fail' as const, staleWaiver })),
    }));
    const text = terminal({ ...run, models, verdict: 'does-not-conform' }, plain);
    expect(text).toMatch(/✗ \S+ {2}stale waiver\n/);
    expect(text).toContain('✗ Does not conform: 1 stale waiver');
  });

  test.each([40, 60])('has only commands and names wider than a window of %s columns', (columns) => {
    const lines = terminal(variedRun(), { color: false, columns }).split('\n');
    const wide = lines.filter((line) => line.length > columns);
    for (const line of wide) expect(line).toMatch(/^ {4}(replay|more) |^[✓✗?] |<script>|\\u001b/);
  });

  test('ends a finding with how to fix the model and where to read more', () => {
    const text = terminal(variedRun(), plain);
    expect(text).toMatch(/ remedy .*\n +replay +assay replay .*\n +more +assay explain input\/every-size\n/);
  });

  test('does not repeat the mistakes of a spec that were shown before', () => {
    const shown = terminal(variedRun(), { ...plain, mistakesShown: true });
    expect(shown).toMatch(/could not decide {2}\d mistakes? in its spec, shown above {2}/);
    expect(shown).not.toContain('problem ');
    expect(terminal(variedRun(), plain)).toContain('problem ');
  });

  test('says that models which fail a check of safety were run, too', () => {
    const text = terminal({ ...conformingRun(), allowUnsafe: true }, plain);
    expect(text).toContain('every checked promise is kept, with --allow-unsafe');
  });

  test('says what broke, on which images, and how to see it again', () => {
    const text = terminal(variedRun(), plain);
    expect(text).toContain('shown by  1 image, 33×32, noise, seed 7; shrunk 5 times');
    expect(text).toContain(
      'replay    assay replay run.json --model tiny-features-truncated --check input/every-size\n',
    );
  });

  test('names seed, own time and reports', () => {
    const text = terminal(conformingRun(), { ...plain, reports: ['out/run.json'] });
    expect(text).toContain('seed 1234567');
    expect(text).toContain("464 ms in the model's own calls");
    expect(text).toContain('reports out/run.json');
  });

  test('with colour says the same', () => {
    const colored = terminal(variedRun(), { ...plain, color: true });
    expect(colored).not.toBe(stripVTControlCharacters(colored));
    expect(stripVTControlCharacters(colored)).toBe(terminal(variedRun(), plain));
  });

  test.each([true, false])('never passes on a control character of a model (verbose: %s)', (verbose) => {
    const text = terminal(runOfText(everyCharacter), { ...plain, verbose });
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Surrogate}]/u);
  });

  test('cuts a megabyte short', () => {
    expect(terminal(runOfText('x'.repeat(1_000_000)), plain).length).toBeLessThan(40_000);
  });

  test('says so when the run was stopped or ran nothing', () => {
    expect(terminal({ ...conformingRun(), interrupted: true, verdict: 'unknown' }, plain)).toContain(
      'The run was interrupted.',
    );
    expect(terminal({ ...conformingRun(), models: [], verdict: 'unknown' }, plain)).toContain(
      'nothing was checked',
    );
  });
});
