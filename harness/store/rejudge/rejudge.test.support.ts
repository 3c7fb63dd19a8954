import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { npyOf } from '../../images/npy.js';
import type { Batch } from '../../verdict/batch.js';
import { fakeRun } from '../../verdict/fake-run.test.support.js';
import type { CheckResult, Evidence, Finding, ModelRun, Run } from '../../verdict/run.js';
import { verdictOf } from '../../verdict/verdict.js';
import { type Rejudging, rejudge } from './rejudge.js';

/** A folder for the outputs of findings. */
export const folder = mkdtempSync(path.join(tmpdir(), 'rejudge-'));
mkdirSync(path.join(folder, 'cases'));

export const batch: Batch = { count: 2, height: 8, width: 8, pattern: 'noise', seed: 3 };
export const files = ['cases/m-one.npy', 'cases/m-other.npy'] as const;
/** Values of float32: the difference of 2^-10 in row 1, column 0 is exact. */
export const apart = 2 ** -10;
export const rows = { one: [1, 2, 0.5, 4], other: [1, 2, 0.5 + apart, 4] };

export function keep(
  one: readonly number[] = rows.one,
  other: readonly number[] = rows.other,
  shape = [2, 2],
): void {
  writeFileSync(path.join(folder, files[0]), npyOf(Float32Array.from(one), shape));
  writeFileSync(path.join(folder, files[1]), npyOf(Float32Array.from(other), shape));
}

export function noise(difference: number | string, tolerance = 1e-6, more: Evidence = {}): Evidence {
  const recorded = { floor: difference, scale: 4, tolerance, relative: 0, source: 'measured', origin: 'o' };
  return { noise: { ...recorded, largest: { difference, scale: 4 }, ...more } };
}

export function check(id: string, rest: Partial<CheckResult>): CheckResult {
  const base = { level: 'must', status: 'pass', demands: 'd', summary: 's' } as const;
  return { id, ...base, cases: 3, calls: 5, durationMs: 1, ...rest };
}

export const finding: Finding = { where: 'rows', expected: 'e', actual: 'a', batch, outputs: files };
export const failed = (rest: Partial<CheckResult> = {}) =>
  check('a/b', { status: 'fail', comparisons: 'recorded', evidence: noise(apart), finding, ...rest });

export function model(checks: readonly CheckResult[], name = 'm'): ModelRun {
  const base = { spec: `${name}'s.yaml`, model: name, api: '', digest: '', durationMs: 1, callMs: 1 };
  return { name, ...base, verdict: verdictOf(checks, false), checks };
}

export function runOf(...models: readonly ModelRun[]): Run {
  return fakeRun(models, { verdict: 'does-not-conform' });
}

export function again(run: Run, how: Partial<Rejudging>): Run {
  const where = { folder, from: '../run.json', digest: 'sha256:0' };
  return rejudge(run, { waivers: [], unwaivable: ['safety/x'], ...where, ...how });
}

/** The only check of the only model, judged within an absolute difference. */
export function judged(one: CheckResult, absolute: number, relative = 0): CheckResult | undefined {
  return again(runOf(model([one])), { tolerance: { absolute, relative } }).models[0]?.checks[0];
}
