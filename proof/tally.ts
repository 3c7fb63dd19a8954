import type { Check } from '../harness/check/check.js';
import type { CheckResult, Finding, ModelRun } from '../harness/verdict/run.js';
import { kindOf, type Material, specOfModel, specOfTwin } from './material.js';
import type { Twin } from './project.js';
import type { SeedRun } from './seed-run.js';

/** A wrong result of a check. */
export type Surprise = { readonly seed: number; readonly check: string; readonly said: string };

/** A conforming model over all seeds. */
export type ModelTally = {
  readonly model: string;
  readonly runs: number;
  /** Checks that passed at the first seed; the others do not apply. */
  readonly passed: number;
  readonly alarms: readonly Surprise[];
};

/** A broken twin over all seeds. */
export type TwinTally = Twin & {
  readonly kind: Check['kind'] | undefined;
  readonly runs: number;
  /** Cases until it was caught, seed by seed; empty for checks that do not count any. */
  readonly cases: readonly number[];
  /** The result that caught it first. */
  readonly finding?: Finding;
  /** Other checks that failed with it at the first seed. */
  readonly alongside: readonly string[];
  readonly escapes: readonly Surprise[];
  /** Other MUSTs that failed, and inconclusive checks, that `also` does not name. */
  readonly strays: readonly Surprise[];
};

export type Tallies = {
  readonly seeds: readonly number[];
  readonly models: readonly ModelTally[];
  readonly twins: readonly TwinTally[];
  /** Seeds whose run died, and what it said. */
  readonly died: readonly { readonly seed: number; readonly said: string }[];
};

type Seen = { readonly seed: number; readonly run: ModelRun };
type SeenChecks = { readonly seed: number; readonly run: Checked };
type Checked = Pick<ModelRun, 'checks' | 'problem'>;

/** Adds up what every model did over all seeds. */
export function tallyOf({ models, twins }: Material, runs: readonly SeedRun[]): Tallies {
  const seen = (spec: string): Seen[] =>
    runs.flatMap((one) => {
      const run = 'results' in one ? one.results.get(spec) : undefined;
      return run ? [{ seed: one.seed, run }] : [];
    });
  return {
    seeds: runs.map(({ seed }) => seed),
    models: models.map((model) => modelTally(model, seen(specOfModel(model)))),
    twins: twins.map((twin) => twinTally(twin, seen(specOfTwin(twin)))),
    died: runs.flatMap((one) => ('died' in one ? [{ seed: one.seed, said: one.died }] : [])),
  };
}

function modelTally(model: string, seen: readonly Seen[]): ModelTally {
  return {
    model,
    runs: seen.length,
    passed: seen[0]?.run.checks.filter(({ status }) => status === 'pass').length ?? 0,
    alarms: seen.flatMap(alarmsIn),
  };
}

/**
 * Whatever is no clean pass, no skip and not waived by the model's own spec; a model that does not conform is one alarm
 * even where no check says why.
 */
function alarmsIn({ seed, run }: Seen): Surprise[] {
  const quiet: readonly CheckResult['status'][] = ['pass', 'skip', 'waived'];
  const alarming = run.checks.filter(
    ({ status, warnings = [] }) => !quiet.includes(status) || warnings.length > 0,
  );
  if (alarming.length > 0) return alarming.map((result) => surprise(seed, result));
  if (run.verdict === 'conforms') return [];
  return [{ seed, check: '', said: run.problem ?? `The verdict is ${run.verdict}.` }];
}

/** Adds up what a broken twin did over all seeds. */
export function twinTally(twin: Twin, seen: readonly SeenChecks[]): TwinTally {
  const named = seen.map(({ seed, run }) => ({ seed, run, result: resultOf(run, twin.check) }));
  const caught = named.flatMap(({ result }) => (result?.status === 'fail' ? [result] : []));
  const [finding] = caught.flatMap((result) => result.finding ?? []);
  return {
    ...twin,
    kind: kindOf(twin.check),
    runs: seen.length,
    cases: caught.flatMap(({ cases }) => (cases > 0 ? [cases] : [])),
    ...(finding ? { finding } : {}),
    alongside: seen.slice(0, 1).flatMap(({ run }) => alongside(run, twin)),
    escapes: named.flatMap(({ seed, run, result }) =>
      result?.status === 'fail' ? [] : [result ? surprise(seed, result) : noVerdict(seed, twin.check, run)],
    ),
    strays: seen.flatMap(({ seed, run }) =>
      run.checks.filter((result) => isStray(result, twin)).map((result) => surprise(seed, result)),
    ),
  };
}

function alongside({ checks }: Checked, { check }: Twin): string[] {
  return checks.flatMap(({ id, status }) => (status === 'fail' && id !== check ? [id] : []));
}

/** A failed SHOULD is a warning and allowed; an inconclusive check is not. */
function isStray({ id, status, level }: CheckResult, { check, also = {} }: Twin): boolean {
  if (id === check || id in also) return false;
  return status === 'error' || (status === 'fail' && level === 'must');
}

function resultOf({ checks }: Checked, id: string): CheckResult | undefined {
  return checks.find((result) => result.id === id);
}

function surprise(seed: number, { id, status, summary }: CheckResult): Surprise {
  return { seed, check: id, said: `${status}: ${summary}` };
}

function noVerdict(seed: number, check: string, { problem }: Checked): Surprise {
  return { seed, check, said: problem ?? 'There is no verdict.' };
}
