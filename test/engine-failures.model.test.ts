import { describe, expect, test } from 'vitest';
import { bundled } from '../api/bundled.js';
import type { OpenSubject } from '../harness/engine/open-subject.js';
import { EngineError } from '../harness/engine/process/failures.js';
import { familyOf } from '../harness/engine/process/family.js';
import type { Batch } from '../harness/verdict/batch.js';
import { inProject } from '../proof/project.js';
import { runOf, withSubject } from '../proof/running.js';

const spec = inProject('specs', 'tiny-features.yaml');
const fault = (name: string) => inProject('models-under-test', 'faults', `${name}.yaml`);
const batch: Batch = { count: 2, height: 16, width: 16, pattern: 'noise', seed: 1 };

describe('a model that is lost in the middle', { timeout: 120_000 }, () => {
  test('a native crash is an error of that call, and the next call runs from restored variables', async () => {
    await withSubject(spec, async (subject) => {
      const before = await subject.call(batch);
      const dying = subject.inARow(Array.from({ length: 2000 }, () => ({ batch })));
      process.kill(pidOf(subject), 'SIGSEGV');
      await expect(dying).rejects.toMatchObject({ name: 'EngineError', failure: 'crash' });
      const [after] = await subject.inARow([{ batch }]);
      expect(after).toEqual(before);
    });
  });

  test('a process that dies between calls is noticed', async () => {
    await withSubject(spec, async (subject) => {
      const before = await subject.call(batch);
      process.kill(pidOf(subject), 'SIGSEGV');
      await expect.poll(() => subject.pid).toBeUndefined();
      expect(await subject.inARow([{ batch }])).toEqual([before]);
    });
  });

  test('a process that stops answering is ended at the deadline', async () => {
    await withSubject(spec, async (subject) => {
      await subject.call(batch);
      const pid = pidOf(subject);
      process.kill(familyOf(pid).at(-1) ?? pid, 'SIGSTOP');
      subject.deadline = performance.now() + 500;
      await expect(subject.inARow([{ batch }])).rejects.toMatchObject({ failure: 'deadline' });
      await expect.poll(() => running(pid)).toBe(false);
      subject.deadline = Number.POSITIVE_INFINITY;
      expect(await subject.call({ ...batch, seed: 2 })).toMatchObject({ shape: [2, 8] });
    });
  });

  test('memory beyond the limit ends it', async () => {
    await withSubject(fault('hungry'), async (subject) => {
      const failure = await subject.call({ ...batch, count: 5 }).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(EngineError);
      expect(failure).toMatchObject({ failure: 'memory' });
      expect(await subject.call(batch)).toMatchObject({ shape: [2, 6] });
    });
  });
});

describe('a whole run over models that cannot be called to an end', () => {
  test('an operation of another package is reported once, and is no fault of the model', {
    timeout: 120_000,
  }, async () => {
    const run = await runOf([fault('of-another-package')], 1);
    const checks = run.models[0]?.checks ?? [];
    expect(checks.filter(({ status }) => status === 'fail')).toEqual([]);
    const errors = checks.filter(({ status }) => status === 'error');
    expect(errors.map(({ summary }) => summary)).toEqual([
      expect.stringContaining('no operation Addons>Mish, which comes from tensorflow-addons'),
    ]);
  });

  test('checks that meet the fault are errors, the others have their verdict', {
    timeout: 300_000,
  }, async () => {
    const run = await runOf([fault('endless')], 1);
    const [model] = run.models;
    const status = (id: string) => model?.checks.find((check) => check.id === id)?.status;
    expect(status('input/any-batch-size')).toBe('error');
    expect(status('inference/deterministic')).not.toBe('fail');
    expect(status('signature/root-call')).toBe('pass');
    expect(status('output/dtype')).toBe('pass');
    expect(model?.checks.filter((check) => check.status === 'fail')).toEqual([]);
    expect(run.verdict).toBe('unknown');
  });

  test('a promise that was broken before the model was lost stays broken', { timeout: 120_000 }, async () => {
    const checks = bundled.checks.filter(({ id }) => id === 'input/any-batch-size');
    const run = await runOf([fault('fails-then-hangs')], 1, { checksFor: () => checks });
    const [result] = run.models[0]?.checks ?? [];
    expect(result).toMatchObject({ status: 'fail', finding: { where: 'call with 3 images' } });
    expect(run.verdict).toBe('does-not-conform');
  });
});

function pidOf(subject: OpenSubject): number {
  if (subject.pid === undefined) throw new Error('There is no process.');
  return subject.pid;
}

function running(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
