import { plural } from '../../../harness/verdict/plural.js';
import { type Outcome, outcomeLabels, outcomes } from '../../wording/outcome.js';
import type { Payload } from '../payload.js';
import { byId, element } from './elements/dom.js';
import { icon } from './elements/icon.js';
import { everything, type Filter, wordsOf } from './filter.js';

export type Toolbar = {
  /** Updates the counts of shown checks and models. */
  readonly showCounts: (checks: number, models: number) => void;
  /** Resets the filters. */
  readonly clear: () => void;
};

/** Draws the filters: a toggle per outcome that occurs, and a field for text. Calls `changed` at each change. */
export function drawToolbar(run: Payload, changed: (filter: Filter) => void): Toolbar {
  const chosen = new Set<Outcome>();
  const field = element('input', {
    type: 'search',
    id: 'text',
    placeholder: 'Name, check, words…',
    autocomplete: 'off',
  });
  const status = element('p', { class: 'status', role: 'status' });
  const update = () => changed({ outcomes: chosen, words: wordsOf(field.value) });
  const toggles = outcomes
    .filter((outcome) => countOf(run, outcome) > 0)
    .map((outcome) => toggle(outcome, countOf(run, outcome), chosen, update));
  field.addEventListener('input', later(update));
  const label = element(
    'label',
    { class: 'field' },
    element('span', { class: 'unseen' }, 'Filter by text'),
    field,
  );
  const group = element(
    'div',
    { class: 'toggles', role: 'group', 'aria-label': 'Filter by verdict' },
    ...toggles,
  );
  byId('toolbar').append(group, label, status);
  return {
    showCounts: (checks, models) => {
      const shown = `${plural(checks, 'check')} in ${plural(models, 'model')}`;
      status.textContent = models === 0 ? 'Nothing matches the filters' : shown;
    },
    clear: () => {
      chosen.clear();
      for (const button of toggles) button.setAttribute('aria-pressed', 'false');
      field.value = '';
      changed(everything);
    },
  };
}

function toggle(
  outcome: Outcome,
  count: number,
  chosen: Set<Outcome>,
  update: () => void,
): HTMLButtonElement {
  const text = element('span', {}, outcomeLabels[outcome]);
  const button = element('button', {
    type: 'button',
    class: 'toggle',
    'aria-pressed': 'false',
    'data-outcome': outcome,
  });
  button.append(icon(outcome, false), text, element('span', { class: 'count' }, String(count)));
  button.addEventListener('click', () => {
    if (!chosen.delete(outcome)) chosen.add(outcome);
    button.setAttribute('aria-pressed', String(chosen.has(outcome)));
    update();
  });
  return button;
}

/** Waits until typing pauses. */
function later(action: () => void): () => void {
  let timer = 0;
  return () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(action, 120);
  };
}

function countOf(run: Payload, outcome: Outcome): number {
  return run.models.reduce(
    (sum, { checks }) => sum + checks.filter((check) => check.outcome === outcome).length,
    0,
  );
}
