import { waived } from '../../run/waive.js';
import { fingerprintOf } from '../../verdict/fingerprint.js';
import { plural } from '../../verdict/plural.js';
import type { CheckResult, ModelRun } from '../../verdict/run.js';
import { UserError } from '../../verdict/user-error.js';

/** A waiver for a stored run; `model`: its name or its spec, left out where the run has only one. */
export type StoredWaiver = { readonly model?: string; readonly check: string; readonly reason: string };

/** The waivers, each with the model that it is of. @throws UserError for one that no spec could have */
export function resolved(
  waivers: readonly StoredWaiver[],
  models: readonly ModelRun[],
  unwaivable: readonly string[],
): readonly { readonly of: ModelRun; readonly waiver: StoredWaiver }[] {
  const found = waivers.map((waiver) => ({ of: modelOf(waiver, models), waiver }));
  for (const [at, { of, waiver }] of found.entries()) {
    const { check } = waiver;
    if (unwaivable.includes(check))
      throw refusal(check, "a check of safety can't be waived", 'Fix the model.');
    if (found.slice(0, at).some((one) => one.of === of && one.waiver.check === check))
      throw refusal(check, 'it is waived twice', 'Keep one of the two.');
    requireWaivable(of, check);
  }
  return found;
}

function modelOf({ model, check }: StoredWaiver, models: readonly ModelRun[]): ModelRun {
  const named = model === undefined ? models : models.filter((one) => [one.name, one.spec].includes(model));
  const [only] = named;
  if (only && named.length === 1) return only;
  const which = model === undefined ? 'the run' : `what the run calls ${model}`;
  throw refusal(
    check,
    `${which} is ${plural(named.length, 'model')}`,
    `Name one model, by its name or its spec: --waive "MODEL:${check}=REASON".`,
  );
}

function requireWaivable({ name, checks }: ModelRun, id: string): void {
  const check = checks.find((one) => one.id === id);
  if (check === undefined)
    throw refusal(
      id,
      `the run has no such check of ${name}`,
      'The reports of the run show all of its checks.',
    );
  if (check.status === 'waived')
    throw refusal(id, `the spec waives it already: ${check.reason ?? ''}`, 'Leave it out.');
  if (check.staleWaiver !== undefined)
    throw refusal(
      id,
      'it fails over its waiver in the spec',
      'Correct the spec, and run `assay check` again.',
    );
}

function refusal(check: string, why: string, remedy: string): UserError {
  return new UserError(`--waive ${check}: ${why}.`, remedy);
}

/** The results under further waivers, as `waivers` of the spec would have them. */
export function underWaivers(
  checks: readonly CheckResult[],
  waivers: readonly StoredWaiver[],
): readonly CheckResult[] {
  const stored = waived(checks, waivers, '');
  return stored.map((check, at) => (check === checks[at] ? check : told(check)));
}

function told(check: CheckResult): CheckResult {
  const { finding, staleWaiver } = check;
  if (finding === undefined || staleWaiver === undefined) return check;
  const remedy = `Leave out --waive ${check.id}.`;
  const fingerprint = fingerprintOf(check);
  return { ...check, finding: { ...finding, remedy, ...(fingerprint ? { fingerprint } : {}) } };
}
