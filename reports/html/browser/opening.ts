import { fails } from '../../wording/outcome.js';
import type { ModelView } from './model.js';

/** Cards that open by themselves, at most: those that match a filter, and those that need a look. */
const maxMatches = 12;
const maxWanted = 4;

/** More checks than these are not opened at once, only their cards. */
const maxChecks = 3000;

export function openMatches(shown: readonly ModelView[]): void {
  for (const view of shown.slice(0, maxMatches)) view.open();
}

/** A single model with what failed in it, or the models that need a look, when they are few. */
export function openWhatMatters(views: readonly ModelView[]): void {
  const [only] = views;
  if (only && views.length === 1) {
    for (const { check, open } of only.open()) if (fails(check.outcome)) open();
    return;
  }
  const wanted = views.filter(({ model }) => model.verdict !== 'conforms');
  if (wanted.length <= maxWanted) for (const view of wanted) view.open();
}

/** Opens every card that is shown, with all that is in it; or closes them. */
export function setAll(views: readonly ModelView[], open: boolean): void {
  const shown = views.filter(({ card }) => !card.hidden);
  const whole = shown.reduce((sum, { model }) => sum + model.checks.length, 0) <= maxChecks;
  for (const view of shown) {
    view.card.open = open;
    if (open && whole) for (const check of view.open()) if (!check.row.hidden) check.open();
  }
}

/** On paper nothing can be opened, so every finding is; what passed is listed. */
export function openForPaper(views: readonly ModelView[]): void {
  for (const view of views) {
    if (view.card.hidden) continue;
    for (const { check, open } of view.open()) if (check.finding) open();
  }
}
