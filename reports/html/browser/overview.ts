import { uniqueNameOf } from '../../../harness/verdict/model-name.js';
import { plural } from '../../../harness/verdict/plural.js';
import type { PageCheck, PageModel, Payload } from '../payload.js';
import { addressOf, choiceIn } from './choice.js';
import { byId, element } from './elements/dom.js';
import { asText, headHtml, rowHtml } from './grid.js';
import { isWorthALook } from './groups.js';
import type { Target } from './links.js';

/** Most models of which the overview is open without being asked for. */
const maxOpened = 60;

/** Redraws the overview for these checks of these models. */
export type ShowOverview = (shown: ReadonlyMap<PageModel, readonly PageCheck[]>) => void;

/** Models by checks, of the checks that somebody should look at; nothing for a single model. */
export function drawOverview(run: Payload): ShowOverview {
  if (run.models.length < 2) return () => {};
  const title = element('summary', {});
  const table = element('table', { class: 'grid' });
  const scroll = element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Overview' });
  scroll.append(table);
  const folded = element('details', { class: 'overview' }, title, scroll);
  byId('overview').append(folded);
  folded.open = run.models.length <= maxOpened && window.matchMedia('(min-width: 44rem)').matches;
  let shown: ReadonlyMap<PageModel, readonly PageCheck[]> = new Map();
  const draw = () => {
    const rules = worthALook(shown, run);
    title.textContent = `Overview: ${plural(shown.size, 'model')} × ${plural(rules.length, 'check')} that broke or could not decide`;
    if (folded.open) table.innerHTML = tableOf(shown, rules, run);
  };
  folded.addEventListener('toggle', draw);
  window.addEventListener('beforeprint', () => {
    folded.open = true;
    draw();
  });
  return (now) => {
    shown = now;
    draw();
  };
}

/** Numbers of the rules, in the order of the run. */
function worthALook(shown: ReadonlyMap<PageModel, readonly PageCheck[]>, run: Payload): number[] {
  const found = new Set(
    [...shown.values()]
      .flat()
      .filter(isWorthALook)
      .map(({ rule }) => rule),
  );
  return [...run.rules.keys()].filter((rule) => found.has(rule));
}

/** Filters and order stay as they are. */
function leadingTo(target: Target): string {
  return addressOf({ ...choiceIn(location.hash), target });
}

function tableOf(
  shown: ReadonlyMap<PageModel, readonly PageCheck[]>,
  rules: readonly number[],
  run: Payload,
): string {
  const ids = rules.map((rule) => run.rules[rule]?.id ?? '');
  const heads = ids.map((id) => `<th scope="col"><span>${asText(id)}</span></th>`);
  const rows = [...shown].map(([model, checks]) => {
    const name = uniqueNameOf(model, run.models);
    const cells = rules.map((rule) => checks.find((check) => check.rule === rule)?.outcome);
    const link = (at: number | 'head') => {
      if (at === 'head') return leadingTo({ model: name, check: '' });
      const outcome = cells[at];
      if (!outcome || !isWorthALook({ outcome })) return undefined;
      return leadingTo({ model: name, check: ids[at] ?? '' });
    };
    return rowHtml({ name: model.name, folder: '', verdict: model.verdict, cells }, { link });
  });
  return `<caption class="unseen">Models by checks</caption><thead>${headHtml('Model', heads)}</thead><tbody>${rows.join('')}</tbody>`;
}
