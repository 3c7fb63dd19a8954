import { byCause, type Cause } from '../verdict/causes.js';
import type { ContractDifference } from '../verdict/comparison.js';
import type { CheckResult, ModelRun } from '../verdict/run.js';
import { forAll, forTraining } from './effects.js';

/** What checks say of two models that were held to the same contract. */
export type Kept = {
  readonly differences: readonly ContractDifference[];
  /** Promises of which it is not known whether NEW keeps them, a sentence each. */
  readonly undecided: readonly string[];
};

/** `isOfTraining`: whether a check, by its id, is of a promise to those who train the model. */
export function keptBy(old: ModelRun, now: ModelRun, isOfTraining: (id: string) => boolean): Kept {
  const before = new Map(old.checks.map((check) => [check.id, check]));
  const differences = now.checks.flatMap((check) => differenceIn(before.get(check.id), check, isOfTraining));
  const lost = now.checks.filter(({ status }) => status === 'error');
  const unsure = now.checks.filter((check) => broken(check) && before.get(check.id)?.status === 'error');
  return {
    differences,
    undecided: [
      ...(now.problem === undefined ? [] : [`NEW could not be checked: ${now.problem}`]),
      ...unsure.map(({ id }) => `NEW breaks ${id}, and whether OLD keeps it is not known.`),
      ...byCause(lost).map(lostInWords),
    ],
  };
}

function differenceIn(
  old: CheckResult | undefined,
  now: CheckResult,
  isOfTraining: (id: string) => boolean,
): ContractDifference[] {
  if (old === undefined || broken(old) === broken(now)) return [];
  const told = { what: now.id, old: textOf(old), new: textOf(now) };
  const of = isOfTraining(now.id) || now.finding?.arguments?.training === true ? forTraining : forAll;
  if (!broken(now))
    return now.status === 'pass' ? [of('widening', { ...told, why: 'NEW keeps what OLD breaks.' })] : [];
  if (old.status === 'error') return [];
  return now.level === 'must'
    ? [of('breaking', { ...told, why: now.demands })]
    : [forAll('neutral', { ...told, why: now.demands })];
}

function lostInWords({ reason, checks }: Cause): string {
  const ids = checks.map(({ id }) => id).join(', ');
  return `Whether NEW keeps ${ids} is not known: ${reason}`;
}

/** A waiver that nothing needs is no fault of the model. */
function broken({ status, staleWaiver }: Pick<CheckResult, 'status' | 'staleWaiver'>): boolean {
  return status === 'waived' || (status === 'fail' && (!staleWaiver || staleWaiver.why === 'expired'));
}

function textOf(check: CheckResult): string {
  if (check.status === 'pass') return 'kept';
  return broken(check) ? check.summary : check.status;
}
