import { plural } from '../../../harness/verdict/plural.js';
import { type Outcome, outcomeLabels, outcomes } from '../../wording/outcome.js';
import type { Payload } from '../payload.js';
import type { Choice } from './choice.js';
import { byId, element } from './elements/dom.js';
import { icon } from './elements/icon.js';
import { tallyOf } from './groups.js';

export type Toolbar = {
  /** Makes the controls agree with what is chosen. */
  readonly agree: (choice: Choice) => void;
  /** Updates the counts of shown checks and models. */
  readonly showCounts: (checks: number, models: number) => void;
};

export type Actions = {
  readonly choose: (changed: Partial<Choice>) => void;
  /** Opens, or closes, all that is shown. */
  readonly expand: (open: boolean) => void;
};

/** The filters, the order of checks, and a button that opens everything. */
export function drawToolbar(run: Payload, { choose, expand }: Actions): Toolbar {
  const toggles = drawToggles(run, choose);
  const field = drawField(choose);
  const order = drawOrder(choose);
  const status = element('p', { class: 'status', role: 'status' });
  const label = element('label', { class: 'field' }, unseen('Filter by text'), field);
  const group = element('div', { class: 'toggles', role: 'group', 'aria-label': 'Filter by verdict' });
  group.append(...toggles.values());
  const ordered = element('label', {}, unseen('Order of checks'), order);
  byId('toolbar').append(group, label, ordered, expander(expand), status);
  return {
    agree: (choice) => {
      for (const [outcome, button] of toggles)
        button.setAttribute('aria-pressed', String(choice.outcomes.has(outcome)));
      if (document.activeElement !== field) field.value = choice.text;
      order.value = choice.order;
    },
    showCounts: (checks, models) => {
      const shown = `${plural(checks, 'check')} in ${plural(models, 'model')}`;
      status.textContent = models === 0 ? 'Nothing matches the filters' : shown;
    },
  };
}

/** One for each outcome that occurs. */
function drawToggles(run: Payload, choose: Actions['choose']): Map<Outcome, HTMLButtonElement> {
  const counts = tallyOf(run.models.flatMap(({ checks }) => checks));
  const toggles = new Map<Outcome, HTMLButtonElement>();
  const pressed = () =>
    outcomes.filter((outcome) => toggles.get(outcome)?.getAttribute('aria-pressed') === 'true');
  for (const outcome of outcomes.filter((one) => counts[one] > 0)) {
    const button = element('button', { type: 'button', class: 'toggle', 'data-outcome': outcome });
    const count = element('span', { class: 'count' }, String(counts[outcome]));
    button.append(icon(outcome, false), element('span', {}, outcomeLabels[outcome]), count);
    button.addEventListener('click', () => {
      const others = pressed().filter((one) => one !== outcome);
      choose({ outcomes: new Set(pressed().includes(outcome) ? others : [...others, outcome]) });
    });
    toggles.set(outcome, button);
  }
  return toggles;
}

function drawField(choose: Actions['choose']): HTMLInputElement {
  const field = element('input', {
    type: 'search',
    id: 'text',
    placeholder: 'Name, check, words…',
    autocomplete: 'off',
  });
  field.addEventListener(
    'input',
    later(() => choose({ text: field.value })),
  );
  return field;
}

function drawOrder(choose: Actions['choose']): HTMLSelectElement {
  const order = element('select', { class: 'control' });
  order.append(new Option('worst first', 'outcome'), new Option('by suite', 'suite'));
  order.addEventListener('input', () => choose({ order: order.value === 'suite' ? 'suite' : 'outcome' }));
  return order;
}

function expander(expand: Actions['expand']): HTMLButtonElement {
  const button = element('button', { type: 'button', class: 'control' }, 'Expand all');
  let open = false;
  button.addEventListener('click', () => {
    open = !open;
    expand(open);
    button.textContent = open ? 'Collapse all' : 'Expand all';
  });
  return button;
}

function unseen(text: string): HTMLElement {
  return element('span', { class: 'unseen' }, text);
}

/** Waits until typing pauses. */
function later(action: () => void): () => void {
  let timer = 0;
  return () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(action, 120);
  };
}
