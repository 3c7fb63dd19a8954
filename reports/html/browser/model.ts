import { tallyInWords, verdictLabels } from '../../wording/outcome.js';
import { duration, timeOf } from '../../wording/words.js';
import { outcomeOfVerdict } from '../icons.js';
import type { PageCheck, PageModel, Payload } from '../payload.js';
import { brief, type CheckView, drawCheck } from './check.js';
import type { Order } from './choice.js';
import type { Draw } from './draw.js';
import { type Child, element } from './elements/dom.js';
import { icon } from './elements/icon.js';
import { type Group, groupsOf, isWorthALook, suitesOf, tallyOf, worstFirst } from './groups.js';

export type ModelView = {
  readonly model: PageModel;
  readonly card: HTMLDetailsElement;
  /** Shows these checks only, in this order; the card draws them once it is open. */
  readonly show: (checks: readonly PageCheck[], order: Order) => void;
  /** Opens the card, with its findings; gives its checks. */
  readonly open: () => readonly CheckView[];
};

/** Longest name that is sure to be seen whole; a longer one can be read in its tooltip, too. */
const maxNameLength = 60;

/** Broken checks that are named in the heading of a card. */
const maxNamed = 4;

/** A card per model. What lies inside is drawn when it is first opened. */
export function drawModel(model: PageModel, run: Payload, draw: Draw): ModelView {
  const card = element('details', { class: 'model' }, heading(model, run));
  const inside = element('div', { class: 'inside' });
  let views: readonly CheckView[] | undefined;
  let shown: ReadonlySet<PageCheck> = new Set(model.checks);
  let drawn: Order | undefined;
  let order: Order = 'outcome';
  const fill = () => {
    if (!views) {
      card.append(inside);
      views = viewsOf(model, run, draw);
      for (const view of views) if (view.check.finding) view.open();
    }
    if (drawn !== order) inside.replaceChildren(...contents(model, views, order, run));
    drawn = order;
    showOnly(shown, views, inside);
    return views;
  };
  card.addEventListener('toggle', () => card.open && fill());
  return {
    model,
    card,
    show: (checks, wanted) => {
      shown = new Set(checks);
      order = wanted;
      if (views) fill();
    },
    open: () => {
      card.open = true;
      return fill();
    },
  };
}

/** The verdict and, as long as the card is closed, what broke, with the first finding in a line. */
function heading(model: PageModel, run: Payload): HTMLElement {
  const outcome = outcomeOfVerdict[model.verdict];
  return element(
    'summary',
    {},
    icon(outcome, false),
    element('h2', { title: model.name.length > maxNameLength && model.name }, model.name),
    element('span', { class: `says ${outcome}` }, verdictLabels[model.verdict]),
    element('span', { class: 'counts' }, tallyInWords(tallyOf(model.checks))),
    element('span', { class: 'time' }, timeOf(model)),
    ...broken(model, run),
  );
}

function broken({ checks, problem }: PageModel, run: Payload): HTMLElement[] {
  const worst = worstFirst(checks.filter(isWorthALook));
  const [first] = worst;
  const says = problem?.split('\n')[0] ?? (first && brief(first));
  if (says === undefined) return [];
  const names = worst
    .slice(0, maxNamed)
    .map(({ rule, outcome }) => element('span', { class: `named ${outcome}` }, run.rules[rule]?.id ?? ''));
  const more = worst.length - names.length;
  return [
    element('span', { class: 'broken' }, ...names, ...(more > 0 ? [`and ${more} more`] : [])),
    element('span', { class: 'first' }, says),
  ];
}

function viewsOf(model: PageModel, run: Payload, draw: Draw): CheckView[] {
  const slowestMs = Math.max(1, ...model.checks.map((check) => check.durationMs));
  return model.checks.map((check) => drawCheck(check, { model, run, slowestMs, draw }));
}

function contents(model: PageModel, views: readonly CheckView[], order: Order, run: Payload): HTMLElement[] {
  const rows = new Map(views.map(({ check, row }) => [check, row]));
  const groups = groupsOf(model.checks, order, run.rules).map((group) =>
    drawGroup(
      group,
      group.checks.flatMap((check) => rows.get(check) ?? []),
    ),
  );
  const problems = model.mistakes ?? (model.problem === undefined ? [] : [model.problem]);
  const shown = problems.map((text) => element('pre', { class: 'problem' }, text));
  return [...shown, element('div', { class: 'checks' }, ...groups), contract(model), kept(model, run)];
}

function drawGroup({ title, open, told = false }: Group, rows: readonly Child[]): HTMLElement {
  if (title === undefined) return element('div', { class: 'group' }, ...rows);
  const names = `group${told ? ' told' : ''}`;
  return element('details', { class: names, open }, element('summary', {}, title), ...rows);
}

/** Hides the rows of other checks, and groups of which nothing is left; opens those that a filter leaves a part of. */
function showOnly(shown: ReadonlySet<PageCheck>, views: readonly CheckView[], inside: HTMLElement): void {
  for (const { check, row } of views) row.hidden = !shown.has(check);
  for (const group of inside.querySelectorAll<HTMLElement>('.group')) {
    group.hidden = group.querySelector('.check:not([hidden])') === null;
    if (shown.size < views.length && group instanceof HTMLDetailsElement) group.open = true;
  }
}

/** What the page does not say of every model. */
function contract(model: PageModel): HTMLElement {
  const facts = [
    ['Contract', model.api],
    ['Spec', model.spec],
    ['Model', model.model],
    ['Digest', model.digest],
    ['Calls', model.callMs > 0 ? `${duration(model.callMs)} in the model’s own` : ''],
  ] as const;
  const known = facts.filter(([, value]) => value !== '');
  const pairs = known.map(([name, value]) =>
    element('div', {}, element('dt', {}, name), element('dd', {}, value)),
  );
  return element('dl', { class: 'facts contract' }, ...pairs);
}

/** For paper, where passes are not shown one by one. */
function kept({ checks }: PageModel, run: Payload): HTMLElement {
  const passed = checks.filter(({ outcome }) => outcome === 'pass');
  const suites = suitesOf(passed, run.rules).map(({ suite, checks: all }) => {
    const names = all.map(({ rule }) => run.rules[rule]?.id.slice(suite.length + 1));
    return `${suite}/ ${names.join(', ')}`;
  });
  return element('p', { class: 'kept' }, suites.length === 0 ? '' : `Passed: ${suites.join('; ')}`);
}
