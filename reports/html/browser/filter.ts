import type { Outcome } from '../../wording/outcome.js';
import type { PageCheck, PageModel, Payload } from '../payload.js';

/** Which checks to show: those with one of the outcomes, all when none is chosen, that hold every word. */
export type Filter = { readonly outcomes: ReadonlySet<Outcome>; readonly words: readonly string[] };

export const everything: Filter = { outcomes: new Set(), words: [] };

export function isActive(filter: Filter): boolean {
  return filter.outcomes.size > 0 || filter.words.length > 0;
}

export function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

/** The checks of a model that pass the filter. A word may be met by the model's name, too. */
export function checksShown(model: PageModel, filter: Filter, run: Payload): PageCheck[] {
  const words = filter.words.filter((word) => !modelText(model).includes(word));
  return model.checks.filter((check) => {
    if (filter.outcomes.size > 0 && !filter.outcomes.has(check.outcome)) return false;
    return words.length === 0 || words.every((word) => checkText(check, run).includes(word));
  });
}

/** A model without checks is shown when its name and problem contain the words and no outcome but error is selected. */
export function isShownWithoutChecks(model: PageModel, filter: Filter): boolean {
  if (model.checks.length > 0 && model.problem === undefined) return false;
  const asked = filter.outcomes.size === 0 || filter.outcomes.has('error');
  return asked && filter.words.every((word) => modelText(model).includes(word));
}

function modelText({ name, api, problem = '' }: PageModel): string {
  return `${name}\n${api}\n${problem}`.toLowerCase();
}

const texts = new WeakMap<PageCheck, string>();

function checkText(check: PageCheck, run: Payload): string {
  const known = texts.get(check);
  if (known !== undefined) return known;
  const { id, level, demands } = run.rules[check.rule] ?? { id: '', level: '', demands: '' };
  const { where = '', expected = '', actual = '', remedy = '' } = check.finding ?? {};
  const text = [id, level, demands, check.summary, check.reason ?? '', where, expected, actual, remedy]
    .join('\n')
    .toLowerCase();
  texts.set(check, text);
  return text;
}
