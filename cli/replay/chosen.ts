import { nearest } from '../../harness/contract/schema/suggestion.js';
import { failuresIn } from '../../harness/store/replay-command.js';
import type { CheckResult, ModelRun, Run } from '../../harness/verdict/run.js';
import { UserError } from '../../harness/verdict/user-error.js';

/** A failed check of a stored run. */
export type Failure = { readonly model: ModelRun; readonly check: CheckResult };

/** No failure matches the request; the message says what there is. */
export class NothingToReplay extends UserError {
  constructor(message: string, remedy = '') {
    super(message, remedy);
  }
}

/** The failures of a stored run that a model's name or spec and a check's id choose. @throws NothingToReplay */
export function chosenFailures(
  run: Run,
  file: string,
  asked: { readonly model?: string; readonly check?: string },
): readonly Failure[] {
  const found = failuresIn(run, asked);
  if (found.length > 0) return found;
  throw new NothingToReplay(`${file}: ${whyNone(run, asked)}`);
}

function whyNone(run: Run, { model, check }: { readonly model?: string; readonly check?: string }): string {
  if (run.models.length === 0) return 'that run has no models, so there is nothing to replay.';
  const models = run.models.filter(
    ({ name, spec }) => model === undefined || name === model || spec === model,
  );
  if (models.length === 0)
    return `that run had no model ${model}.${meant(
      model,
      run.models.map(({ name }) => name),
    )}`;
  const ids = models.flatMap(({ checks }) => checks.map(({ id }) => id));
  if (check !== undefined && !ids.includes(check))
    return `there was no check ${check} in that run.${meant(check, ids)}`;
  const what = check === undefined ? 'no check failed' : `${check} did not fail`;
  return `${what} in that run, so there is nothing to replay.`;
}

function meant(requested: string | undefined, there: readonly string[]): string {
  const near = requested === undefined ? undefined : nearest(requested, there);
  return near === undefined ? '' : ` Did you mean ${near}?`;
}
