import { isDeepStrictEqual } from 'node:util';
import type { CheckResult, Run } from '../../harness/verdict/run.js';

/** What tells of when and how a run was made, and not of the models. */
const ofTheRun = ['startedAt', 'durationMs', 'callMs', 'fromCache', 'base', 'replay'];

/**
 * The models and checks in which two runs differ, and `the run` for anything beside them. `random`: models that differ in each run, as they
 * draw random numbers of which they keep no seed: only whether the promise holds counts.
 */
export function differences(one: Run, other: Run, random: readonly string[] = []): string[] {
  const [{ models: before, ...run }, { models: after, ...again }] = [bare(one), bare(other)] as [Run, Run];
  const checks = after.flatMap(({ name, checks }, at) =>
    checks.flatMap((check, place) =>
      isSame(check, before[at]?.checks[place], random.includes(name)) ? [] : [`${name}: ${check.id}`],
    ),
  );
  const models = after.flatMap((model, at) =>
    isDeepStrictEqual({ ...model, checks: [] }, { ...before[at], checks: [] }) ? [] : [model.name],
  );
  const whole = isDeepStrictEqual(run, again) && before.length === after.length ? [] : ['the run'];
  return [...whole, ...models, ...checks];
}

function isSame(check: CheckResult, before: CheckResult | undefined, random: boolean): boolean {
  return random ? outcome(check) === outcome(before) : isDeepStrictEqual(check, before);
}

/** One that passes may by chance leave it to another check, which is no other verdict. */
function outcome(check: CheckResult | undefined) {
  return check?.status === 'skip' ? 'pass' : check?.status;
}

/** The models that differences name. */
export function namesOf(differing: readonly string[]): string[] {
  return differing.map((one) => one.split(': ')[0] ?? one);
}

/** A difference, with what both runs say. */
export function inWords(differing: string, one: Run, other: Run): string {
  const [name, id] = differing.split(': ');
  const said = [one, other].map(({ models }) => {
    const check = models.find((model) => model.name === name)?.checks.find((each) => each.id === id);
    return check ? `${check.status}, ${check.summary}` : 'nothing';
  });
  return id === undefined ? differing : `${differing}\n    ${said.join('\n    ')}`;
}

/** Without what is of the run, at any depth. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (ofTheRun.includes(key) ? [] : [[key, bare(one)]])),
  );
}
