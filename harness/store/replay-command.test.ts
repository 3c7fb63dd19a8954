import { describe, expect, test } from 'vitest';
import { fakeRun } from '../verdict/fake-run.test.support.js';
import type { CheckResult, ModelRun, Run, Status } from '../verdict/run.js';
import { failuresIn, withReplay } from './replay-command.js';

function result(id: string, status: Status): CheckResult {
  const finding = { finding: { where: 'w', expected: 'e', actual: 'a' } };
  const shown = status === 'fail' || status === 'waived' ? finding : {};
  return { id, level: 'must', status, demands: '', summary: '', cases: 0, calls: 0, durationMs: 0, ...shown };
}

const checks = [result('a/fails', 'fail'), result('a/waived', 'waived'), result('a/passes', 'pass')];

function model(name: string, spec: string): ModelRun {
  const base = { model: '', api: '', digest: '', verdict: 'unknown', durationMs: 0, callMs: 0 } as const;
  return { name, spec, ...base, checks };
}

function runOf(...models: ModelRun[]): Run {
  return fakeRun(models);
}

function commandsOf(
  run: Run,
  file = 'out/run.json',
  options: readonly string[] = [],
): (string | undefined)[] {
  const all = withReplay(run, file, options).models.flatMap((one) => one.checks);
  return all.map(({ finding }) => finding?.replay);
}

describe('the command', () => {
  test('names the module of a check that somebody else wrote', () => {
    const rule = { id: 'a/fails', matters: '', mend: '', module: 'my checks.js' };
    const [fails, waived] = commandsOf({ ...runOf(model('m', 'm.yaml')), rules: [rule] });
    expect(fails).toBe(`assay replay out/run.json --model m --check a/fails --checks 'my checks.js'`);
    expect(waived).not.toContain('--checks');
  });

  test('names run, model and check, for each finding', () => {
    const command = 'assay replay out/run.json --model m --check a';
    expect(commandsOf(runOf(model('m', 'm.yaml')))).toEqual([
      `${command}/fails`,
      `${command}/waived`,
      undefined,
    ]);
  });

  test('is fit for a shell, and repeats the options of the run', () => {
    expect(commandsOf(runOf(model("it's", 'm.yaml')), '-o/my run.json', ['--allow-unsafe'])[0]).toBe(
      `assay replay './-o/my run.json' --model 'it'\\''s' --check a/fails --allow-unsafe`,
    );
  });

  test('names the spec where the name is not the only one of its kind, or long', () => {
    const named = commandsOf(
      runOf(model('m', 'a.yaml'), model('m', 'b.yaml'), model('x'.repeat(300), 'c.yaml')),
    );
    expect(named.flatMap((one) => /--model (\S+) .*fails/.exec(one ?? '')?.[1] ?? [])).toEqual([
      'a.yaml',
      'b.yaml',
      'c.yaml',
    ]);
  });
});

describe('the failures that are meant', () => {
  const run = runOf(model('m', 'm.yaml'), model('n', 'n.yaml'));
  const found = (asked: Parameters<typeof failuresIn>[1]) =>
    failuresIn(run, asked).map((one) => `${one.model.name} ${one.check.id}`);

  test('are those that count, of all models or of one', () => {
    expect(found({})).toEqual(['m a/fails', 'n a/fails']);
    expect(found({ model: 'n' })).toEqual(['n a/fails']);
    expect(found({ model: 'n.yaml' })).toEqual(['n a/fails']);
  });

  test('are waived ones only where their check is named', () => {
    expect(found({ check: 'a/waived' })).toEqual(['m a/waived', 'n a/waived']);
    expect(found({ check: 'a/passes' })).toEqual([]);
  });
});
