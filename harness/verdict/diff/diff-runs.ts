import { labelOf } from '../model-name.js';
import type { CheckResult, ModelRun, Run } from '../run.js';
import { type Cause, causesOf } from './causes.js';
import { type CheckChange, changeOf } from './change.js';
import { type Pair, pairsOf } from './pairs.js';

/** What became of one model from one run to the next. */
export type ModelDiff = {
  readonly name: string;
  readonly before?: ModelRun;
  readonly after?: ModelRun;
  /** What may explain the changes: all that differs between the runs of this model. */
  readonly causes: readonly Cause[];
  /** What may differ, as one of the runs does not tell it. */
  readonly unknown: readonly Cause[];
  readonly changes: readonly CheckChange[];
};

export type RunDiff = { readonly models: readonly ModelDiff[] };

/** Compares two runs, model by model and check by check; nothing is run. */
export function diffRuns(before: Run, after: Run): RunDiff {
  return { models: pairsOf(before.models, after.models).map((pair) => diffModel(before, after, pair)) };
}

function diffModel(oldRun: Run, newRun: Run, [before, after]: Pair): ModelDiff {
  const found =
    before && after
      ? causesOf({ run: oldRun, model: before }, { run: newRun, model: after })
      : { causes: [], unknown: [] };
  return {
    name: after ? labelOf(after, newRun.models) : before ? labelOf(before, oldRun.models) : '',
    ...(before ? { before } : {}),
    ...(after ? { after } : {}),
    ...found,
    changes: changesIn(before?.checks ?? [], after?.checks ?? []),
  };
}

function changesIn(before: readonly CheckResult[], after: readonly CheckResult[]): CheckChange[] {
  const ids = new Set([...before, ...after].map(({ id }) => id));
  return [...ids].map((id) => {
    const [one, other] = [before, after].map((checks) => checks.find((check) => check.id === id));
    return {
      id,
      change: changeOf(one, other),
      ...(one ? { before: one } : {}),
      ...(other ? { after: other } : {}),
    };
  });
}
