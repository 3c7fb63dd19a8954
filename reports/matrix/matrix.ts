import type { Level, ModelRun, Run, Verdict } from '../../harness/verdict/run.js';
import { caveatsOf } from '../wording/headline.js';
import { type Outcome, outcomeOf } from '../wording/outcome.js';

/** A stored run and what it is called by. */
export type NamedRun = { readonly file: string; readonly run: Run };

/** Models by checks, over any number of runs. */
export type Matrix = {
  /** In the order of the runs' plans, those of every MUST before those of every SHOULD. */
  readonly checks: readonly MatrixCheck[];
  readonly rows: readonly MatrixRow[];
};

export type MatrixCheck = { readonly id: string; readonly level: Level; readonly demands: string };

export type MatrixRow = {
  readonly name: string;
  /** Of its spec: its publisher's, as a rule. */
  readonly folder: string;
  /** The file of its run, with its caveats. */
  readonly run: string;
  /** What the verdict does not tell of the run; empty for a whole one. */
  readonly caveats: string;
  readonly verdict: Verdict;
  /** One for each check; undefined where the run does not have it. */
  readonly outcomes: readonly (Outcome | undefined)[];
  /** What each outcome rests on; empty where the run does not have the check. */
  readonly says: readonly string[];
  /** Why nothing could be checked. */
  readonly problem?: string;
};

/** Puts the models of stored runs side by side. */
export function matrixOf(runs: readonly NamedRun[]): Matrix {
  const checks = checksOf(runs.flatMap(({ run }) => run.models));
  return {
    checks,
    rows: runs.flatMap((one) => one.run.models.map((model) => rowOf(model, one, checks))),
  };
}

/** A check that is a MUST for one model and a SHOULD for another counts as a MUST. */
function checksOf(models: readonly ModelRun[]): MatrixCheck[] {
  const found = new Map<string, MatrixCheck>();
  for (const { id, level, demands } of models.flatMap((model) => model.checks))
    if (found.get(id)?.level !== 'must') found.set(id, { id, level, demands });
  const all = [...found.values()];
  return [...all.filter(({ level }) => level === 'must'), ...all.filter(({ level }) => level !== 'must')];
}

function rowOf(model: ModelRun, { file, run }: NamedRun, checks: readonly MatrixCheck[]): MatrixRow {
  const caveats = caveatsOf(run).join(', ');
  const byId = new Map(model.checks.map((check) => [check.id, check]));
  const found = checks.map(({ id }) => byId.get(id));
  return {
    name: model.name,
    folder: model.spec.replace(/[^/\\]*$/, '').replace(/[/\\]$/, '') || '.',
    run: caveats === '' ? file : `${file} (${caveats})`,
    caveats,
    verdict: model.verdict,
    outcomes: found.map((check) => check && outcomeOf(check, run.strict)),
    says: found.map((check) => check?.summary ?? ''),
    ...(model.problem === undefined ? {} : { problem: model.problem }),
  };
}
