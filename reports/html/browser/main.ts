import { uniqueNameOf } from '../../../harness/verdict/model-name.js';
import type { Payload } from '../payload.js';
import { keepInAddress } from './address.js';
import { addressOf, type Choice, choiceIn, filterOf } from './choice.js';
import type { Draw } from './draw.js';
import { byId } from './elements/dom.js';
import { checksShown, isActive, isShownWithoutChecks } from './filter.js';
import type { Target } from './links.js';
import { drawModel, type ModelView } from './model.js';
import { openForPaper, openMatches, openWhatMatters, setAll } from './opening.js';
import { drawOverview, type ShowOverview } from './overview.js';
import { drawToolbar, type Toolbar } from './toolbar.js';

type Page = {
  readonly run: Payload;
  readonly views: readonly ModelView[];
  readonly toolbar: Toolbar;
  readonly showOverview: ShowOverview;
};

/** Draws the page from the run in it. What is chosen stands in the address. */
export function start(draw: Draw): void {
  const run: Payload = JSON.parse(byId('run').textContent);
  const views = run.models.map((model) => drawModel(model, run, draw));
  byId('models').append(...views.map((view) => view.card));
  const choose = (changed: Partial<Choice>) => {
    const { target: _left, ...rest } = choiceIn(location.hash);
    keep({ ...rest, ...changed });
    show(page);
    scrollToFirst();
  };
  const toolbar = drawToolbar(run, { choose, expand: (open) => setAll(views, open) });
  const page: Page = { run, views, toolbar, showOverview: drawOverview(run) };
  show(page);
  if (!isActive(filterOf(choiceIn(location.hash)))) openWhatMatters(views);
  follow(page);
  window.addEventListener('hashchange', () => {
    show(page);
    follow(page);
  });
  byId('models').addEventListener('click', ({ target }) => select(target, page));
  window.addEventListener('beforeprint', () => openForPaper(views));
}

function keep(choice: Choice): void {
  keepInAddress(addressOf(choice).slice(1));
}

/** Shows what passes the filter in the address. */
function show({ run, views, toolbar, showOverview }: Page): void {
  const choice = choiceIn(location.hash);
  const filter = filterOf(choice);
  const shown = views.flatMap((view) => {
    const passing = checksShown(view.model, filter, run);
    view.show(passing, choice.order);
    view.card.hidden = passing.length === 0 && !isShownWithoutChecks(view.model, filter);
    return view.card.hidden ? [] : [{ view, passing }];
  });
  if (isActive(filter)) openMatches(shown.map(({ view }) => view));
  toolbar.agree(choice);
  toolbar.showCounts(
    shown.reduce((sum, { passing }) => sum + passing.length, 0),
    shown.length,
  );
  showOverview(new Map(shown.map(({ view, passing }) => [view.model, passing])));
}

/** After filtering, scrolls up to the first match. */
function scrollToFirst(): void {
  const above = byId('overview').getBoundingClientRect().top - byId('toolbar').getBoundingClientRect().bottom;
  if (above < 0) window.scrollBy(0, above);
}

/** Opens what the address names; a filter that hides it is dropped. */
function follow(page: Page): void {
  const { target, ...rest } = choiceIn(location.hash);
  const view = page.views.find(({ model }) => uniqueNameOf(model, page.run.models) === target?.model);
  if (!target || !view) return;
  const check = view.open().find(({ id }) => id === target.check);
  if (view.card.hidden || check?.row.hidden) {
    keep({ ...rest, outcomes: new Set(), text: '', target });
    show(page);
  }
  check?.open();
  const at = check?.row ?? view.card;
  at.scrollIntoView();
  at.querySelector('summary')?.focus({ preventScroll: true });
}

/** Keeps in the address what is being opened. */
function select(clicked: EventTarget | null, { run, views }: Page): void {
  const summary = clicked instanceof Element ? clicked.closest('summary') : null;
  const opened = summary?.parentElement;
  const view = views.find(({ card }) => card.contains(summary));
  if (!view || !opened?.matches('.model, .check')) return;
  const target: Target = {
    model: uniqueNameOf(view.model, run.models),
    check: opened.dataset.check ?? '',
  };
  const { target: _before, ...rest } = choiceIn(location.hash);
  keep(opened.hasAttribute('open') ? rest : { ...rest, target });
}
