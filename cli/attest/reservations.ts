import { version } from '../../api/version.js';
import { choiceIn } from '../../harness/verdict/selection.js';
import type { Reservation } from '../../harness/verdict/statement/statement.js';
import { UserError } from '../../harness/verdict/user-error.js';
import type { Attested } from './attested.js';

/** What a run leaves open on a model. */
export function reservationsOf({ run, model, checks }: Attested): readonly Reservation[] {
  return [
    ...(model.verdict === 'unknown' ? ['undecided' as const] : []),
    ...(choiceIn(run.selection) || notRun({ run, model, checks }).length > 0 ? ['filtered' as const] : []),
    ...(run.interrupted ? ['interrupted' as const] : []),
    ...(run.allowUnsafe ? ['unsafe' as const] : []),
    ...(run.rejudged ? ['rejudged' as const] : []),
    ...(model.checks.some(({ fromCache }) => fromCache !== undefined) ? ['cached' as const] : []),
  ];
}

/** Checks that the run did not plan, of the assay that made it: unknown, and none, where that is not this one. */
export function notRun({
  run,
  model,
  checks,
}: Pick<Attested, 'run' | 'model' | 'checks'>): readonly string[] {
  if (run.tool.version !== version()) return [];
  const planned = new Set(model.checks.map(({ id }) => id));
  return checks.filter((id) => !planned.has(id));
}

/** Why there is no statement. */
export function unaccepted(open: Reservation, { model, file }: Attested): UserError {
  const again = ['assay', 'check', model.spec, ...(model.givenModel ? ['--model', model.model] : [])];
  return new UserError(
    `${model.name}: ${whyNot[open]}, so ${file} is no ground for a statement.`,
    [
      `Check it again: ${[...again, ...(open === 'cached' ? ['--no-cache'] : [])].join(' ')}`,
      `Or have the statement say so, with a result that is not PASSED: --despite ${open}`,
    ].join('\n'),
  );
}

const whyNot: Readonly<Record<Reservation, string>> = {
  undecided: 'the run could not decide whether it conforms',
  filtered: 'only some checks were run',
  interrupted: 'the run was interrupted',
  cached: 'results were taken from the cache of an earlier run',
  rejudged: 'the run was judged again, by another tolerance or other waivers than the spec has',
  unsafe: 'models that fail a check of safety were allowed to run',
};
