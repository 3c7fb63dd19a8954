import { uniqueNameOf } from '../../../harness/verdict/model-name.js';
import { fails } from '../../wording/outcome.js';
import type { Payload } from '../payload.js';
import type { Draw } from './draw.js';
import { byId } from './elements/dom.js';
import { checksShown, everything, type Filter, isActive, isShownWithoutChecks } from './filter.js';
import { targetOf } from './links.js';
import { drawModel, type ModelView } from './model.js';
import { drawToolbar, type Toolbar } from './toolbar.js';

/** Cards that open by themselves, at most. */
const maxOpened = 12;

/** Draws the page from the run in it. */
export function start(draw: Draw): void {
  const run: Payload = JSON.parse(byId('run').textContent);
  const views = run.models.map((model) => drawModel(model, run, draw));
  byId('models').append(...views.map((view) => view.card));
  const toolbar: Toolbar = drawToolbar(run, (filter) => {
    toolbar.showCounts(...show(filter, views, run));
    scrollToFirst();
  });
  toolbar.showCounts(...show(everything, views, run));
  openWhatMatters(views);
  const follow = () => followLink(views, run, toolbar);
  window.addEventListener('hashchange', follow);
  window.addEventListener('beforeprint', () => openFindings(views));
  follow();
}

/** Shows what passes the filter; gives how many checks and models that are. */
function show(filter: Filter, views: readonly ModelView[], run: Payload): [number, number] {
  let checks = 0;
  const shown = views.filter((view) => {
    const passing = checksShown(view.model, filter, run);
    checks += passing.length;
    view.show(passing);
    view.card.hidden = passing.length === 0 && !isShownWithoutChecks(view.model, filter);
    return !view.card.hidden;
  });
  if (isActive(filter)) for (const view of shown.slice(0, maxOpened)) view.open();
  return [checks, shown.length];
}

/** After filtering, scrolls up to the first match. */
function scrollToFirst(): void {
  const above = byId('models').getBoundingClientRect().top - byId('toolbar').getBoundingClientRect().bottom;
  if (above < 0) window.scrollBy(0, above);
}

/** A single model with what failed in it, or the models that need a look, when they are few. */
function openWhatMatters(views: readonly ModelView[]): void {
  const [only] = views;
  if (only && views.length === 1) {
    for (const { check, open } of only.open()) if (fails(check.outcome)) open();
    return;
  }
  const wanted = views.filter(({ model }) => model.verdict !== 'conforms');
  if (wanted.length <= maxOpened) for (const view of wanted) view.open();
}

function followLink(views: readonly ModelView[], run: Payload, toolbar: Toolbar): void {
  const target = targetOf(window.location.hash);
  const view = views.find(({ model }) => uniqueNameOf(model, run.models) === target?.model);
  if (!target || !view) return;
  toolbar.clear();
  const check = view.open().find(({ id }) => id === target.check);
  check?.open();
  const at = check?.row ?? view.card;
  at.scrollIntoView();
  at.querySelector('summary')?.focus({ preventScroll: true });
}

/** On paper nothing can be opened, so every finding is. */
function openFindings(views: readonly ModelView[]): void {
  for (const view of views) {
    if (view.card.hidden || view.model.verdict === 'conforms') continue;
    for (const { check, open } of view.open()) if (check.finding) open();
  }
}
