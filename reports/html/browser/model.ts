import { noTally, outcomes, tallyInWords, verdictLabels } from '../../wording/outcome.js';
import { duration, tensorflowInWords, timeOf } from '../../wording/words.js';
import { outcomeOfVerdict } from '../icons.js';
import type { PageCheck, PageModel, Payload } from '../payload.js';
import { type CheckView, drawCheck } from './check.js';
import type { Draw } from './draw.js';
import { element } from './elements/dom.js';
import { icon } from './elements/icon.js';

export type ModelView = {
  readonly model: PageModel;
  readonly card: HTMLDetailsElement;
  /** Shows these checks only; the card draws them once it is open. */
  readonly show: (checks: readonly PageCheck[]) => void;
  /** Opens the card; gives its checks. */
  readonly open: () => readonly CheckView[];
};

/** Longest name that is sure to be seen whole; a longer one can be read in its tooltip, too. */
const maxNameLength = 60;

/** A card per model. What lies inside is drawn when it is first opened. */
export function drawModel(model: PageModel, run: Payload, draw: Draw): ModelView {
  const card = element('details', { class: 'model' }, heading(model));
  let views: readonly CheckView[] | undefined;
  let shown: ReadonlySet<PageCheck> = new Set(model.checks);
  const fill = () => {
    views ??= fillCard(card, model, run, draw);
    for (const view of views) view.row.hidden = !shown.has(view.check);
    return views;
  };
  card.addEventListener('toggle', () => card.open && fill());
  return {
    model,
    card,
    show: (checks) => {
      shown = new Set(checks);
      if (views) fill();
    },
    open: () => {
      card.open = true;
      return fill();
    },
  };
}

function heading(model: PageModel): HTMLElement {
  const outcome = outcomeOfVerdict[model.verdict];
  return element(
    'summary',
    {},
    icon(outcome, false),
    element('h2', { title: model.name.length > maxNameLength && model.name }, model.name),
    element('span', { class: `says ${outcome}` }, verdictLabels[model.verdict]),
    element('span', { class: 'counts' }, tallyOf(model)),
    element('span', { class: 'time' }, timeOf(model)),
  );
}

function fillCard(card: HTMLElement, model: PageModel, run: Payload, draw: Draw): CheckView[] {
  const slowestMs = Math.max(1, ...model.checks.map((check) => check.durationMs));
  const views = worstFirst(model.checks).map((check) => drawCheck(check, { model, run, slowestMs, draw }));
  const problem = model.problem === undefined ? [] : [element('pre', { class: 'problem' }, model.problem)];
  const rows = element('div', { class: 'checks' }, ...views.map((view) => view.row));
  card.append(element('div', { class: 'inside' }, ...problem, contract(model, run), rows));
  return views;
}

function contract(model: PageModel, run: Payload): HTMLElement {
  const { tensorflow, tfjsNode } = run.environment;
  const facts = [
    ['Contract', model.api],
    ['Spec', model.spec],
    ['Model', model.model],
    ['Digest', model.digest],
    ['Versions', `${tensorflowInWords(tensorflow)}, tfjs-node ${tfjsNode}, ${run.tool}`],
    ['Time', `${timeOf(model)}, ${duration(model.callMs)} in the model’s own calls`],
  ] as const;
  const known = facts.filter(([, value]) => value !== '');
  const pairs = known.map(([name, value]) =>
    element('div', {}, element('dt', {}, name), element('dd', {}, value)),
  );
  return element('dl', { class: 'facts contract' }, ...pairs);
}

function tallyOf({ checks }: PageModel): string {
  const counts = { ...noTally };
  for (const check of checks) counts[check.outcome] += 1;
  return tallyInWords(counts);
}

function worstFirst(checks: readonly PageCheck[]): PageCheck[] {
  return [...checks].sort((one, other) => outcomes.indexOf(one.outcome) - outcomes.indexOf(other.outcome));
}
