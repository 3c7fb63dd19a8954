import picomatch from 'picomatch';
import type { Check } from '../check/check.js';
import { nearest } from '../contract/schema/suggestion.js';
import { UserError } from '../verdict/user-error.js';

/** A pattern that matches no check, or patterns that leave none. */
export class NoSuchCheck extends UserError {}

/**
 * The checks that `only` names, without those that `skip` names. A pattern is an id, a suite, or a glob in which `*` stands for anything, slashes included.
 * @throws NoSuchCheck for a pattern that matches none, and when none is left
 */
export function chooseChecks(
  checks: readonly Check[],
  only: readonly string[],
  skip: readonly string[],
): Check[] {
  const ids = checks.map(({ id }) => id);
  for (const pattern of [...only, ...skip])
    if (!ids.some((id) => fits(pattern, id))) throw unknown(pattern, ids);
  const wanted = checks.filter(({ id }) => only.length === 0 || only.some((pattern) => fits(pattern, id)));
  const left = wanted.filter(({ id }) => !skip.some((pattern) => fits(pattern, id)));
  if (left.length === 0)
    throw new NoSuchCheck('Every check is skipped, so nothing would be checked.', 'Skip fewer.');
  return left;
}

/** The chosen checks of all, and those that a model must keep to be run. */
export function withGates(all: readonly Check[], chosen: readonly Check[]): Check[] {
  return all.filter((check) => check.gatesRun || chosen.includes(check));
}

/** Whether a pattern names a check; see `chooseChecks`. */
export function fits(pattern: string, id: string): boolean {
  return (
    id.startsWith(`${pattern}/`) || (pattern !== '' && picomatch(pattern, { bash: true, nonegate: true })(id))
  );
}

function unknown(pattern: string, ids: readonly string[]): NoSuchCheck {
  if (pattern.trim() === '')
    return new NoSuchCheck('The name of a check is empty.', '`assay list` shows all checks.');
  const suites = ids.map((id) => id.split('/')[0] ?? id);
  const near = nearest(pattern, [...suites, ...ids]);
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  return new NoSuchCheck(`There is no check ${pattern}.${hint}`, '`assay list` shows all checks.');
}
