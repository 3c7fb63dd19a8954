import { expect, test } from 'vitest';
import type { CheckResult } from '../verdict/run.js';
import { Collector } from './collector.js';
import type { Progress } from './progress.js';

const moduleOf = (moduleId: string, ...errors: readonly string[]) => ({
  moduleId,
  errors: () => errors.map((message) => ({ message })),
});
const result = (id: string): CheckResult => ({
  id,
  level: 'must',
  status: 'pass',
  demands: '',
  summary: '',
  cases: 1,
  calls: 2,
  durationMs: 3,
});
const testOf = (id: string, module = moduleOf('/specs/m.yaml'), callMs = 0) => ({
  name: id,
  module,
  meta: () => ({ check: { spec: module.moduleId, result: result(id), digest: 'sha256:1', callMs } }),
});

function collecting() {
  const events: Progress[] = [];
  return { collector: new Collector((progress) => events.push(progress)), events };
}

test('what each check concluded is kept, spec by spec, with the latest time spent in calls', () => {
  const { collector } = collecting();
  collector.onTestCaseResult(testOf('output/shape', moduleOf('/a.yaml'), 5));
  collector.onTestCaseResult(testOf('output/dtype', moduleOf('/a.yaml'), 9));
  collector.onTestCaseResult(testOf('output/shape', moduleOf('/b.yaml'), 4));
  expect([...collector.of('/a.yaml').results.keys()]).toEqual(['output/shape', 'output/dtype']);
  expect(collector.of('/a.yaml')).toMatchObject({ digest: 'sha256:1', callMs: 9, errors: [] });
  expect(collector.of('/b.yaml')).toMatchObject({ callMs: 4 });
});

test('a test without a result leaves none, so that its check is no pass', () => {
  const { collector, events } = collecting();
  collector.onTestCaseResult({ ...testOf('output/shape'), meta: () => ({}) });
  expect(collector.of('/specs/m.yaml').results.size).toBe(0);
  expect(events).toEqual([]);
});

test('what another spec concluded is no result of this one', () => {
  const { collector, events } = collecting();
  const { check } = testOf('output/shape').meta();
  collector.onTestCaseResult({
    ...testOf('output/shape'),
    meta: () => ({ check: { ...check, spec: '/b.yaml' } }),
  });
  const { results, errors } = collector.of('/specs/m.yaml');
  expect([results.size, errors]).toEqual([0, ['Another spec was run in its place: /b.yaml.']]);
  expect(events).toEqual([]);
});

test('of a spec without reports, nothing is known', () => {
  const { collector } = collecting();
  const { results, ...rest } = collector.of('/specs/other.yaml');
  expect(results.size).toBe(0);
  expect(rest).toEqual({ digest: '', callMs: 0, errors: [] });
});

test('what kept a module from being run is kept, and when it began and ended', () => {
  const { collector } = collecting();
  const module = moduleOf('/specs/m.yaml', 'Worker exited unexpectedly');
  collector.onTestModuleStart(module);
  collector.onTestModuleEnd(module);
  const { errors, startedMs, endedMs } = collector.of('/specs/m.yaml');
  expect(errors).toEqual(['Worker exited unexpectedly']);
  expect(endedMs).toBeGreaterThanOrEqual(startedMs ?? Number.POSITIVE_INFINITY);
});

test('progress is reported as it happens', () => {
  const { collector, events } = collecting();
  const shape = testOf('output/shape');
  collector.onTestCaseReady(shape);
  collector.onTestCaseResult(shape);
  collector.onTestModuleEnd(shape.module);
  expect(events).toEqual([
    { kind: 'check-started', spec: '/specs/m.yaml', check: 'output/shape' },
    { kind: 'check-decided', spec: '/specs/m.yaml', result: result('output/shape') },
    { kind: 'spec-ended', spec: '/specs/m.yaml' },
  ]);
});
