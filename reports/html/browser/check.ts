import { uniqueNameOf } from '../../../harness/verdict/model-name.js';
import { plural } from '../../../harness/verdict/plural.js';
import type { Evidence } from '../../../harness/verdict/run.js';
import { isFault, type Outcome, outcomeLabels } from '../../wording/outcome.js';
import { duration } from '../../wording/words.js';
import type { PageCheck, PageModel, PageRule, Payload } from '../payload.js';
import type { Draw } from './draw.js';
import { element, svg } from './elements/dom.js';
import { icon } from './elements/icon.js';
import { labelled } from './elements/labelled.js';
import { prose } from './elements/prose.js';
import { drawEvidence } from './figures/evidence.js';
import { sizePatternIn } from './figures/reading.js';
import { drawFinding } from './finding.js';
import { linkTo } from './links.js';

export type CheckView = {
  readonly check: PageCheck;
  readonly id: string;
  readonly row: HTMLDetailsElement;
  readonly open: () => void;
};

export type Around = {
  readonly model: PageModel;
  readonly run: Payload;
  /** Of the model's checks; the bars are measured by it. */
  readonly slowestMs: number;
  readonly draw: Draw;
};

/** A row per check; its details are drawn when it is first opened. */
export function drawCheck(check: PageCheck, around: Around): CheckView {
  const rule = around.run.rules[check.rule] ?? { id: '', level: 'must', demands: '' };
  const row = element(
    'details',
    { class: `check ${check.outcome}`, 'data-check': rule.id },
    heading(check, rule, around.slowestMs),
  );
  let filled = false;
  const fill = () => {
    if (!filled) row.append(details(check, rule, around));
    filled = true;
  };
  row.addEventListener('toggle', () => row.open && fill());
  return {
    check,
    id: rule.id,
    row,
    open: () => {
      for (const group of [row, row.closest('details.group')])
        if (group instanceof HTMLDetailsElement) group.open = true;
      fill();
    },
  };
}

function heading(check: PageCheck, rule: PageRule, slowestMs: number): HTMLElement {
  return element(
    'summary',
    {},
    icon(check.outcome, true),
    element('h3', {}, rule.id),
    element('span', { class: 'brief' }, brief(check)),
    timeBar(check.durationMs, slowestMs),
    element('span', { class: 'time' }, duration(check.durationMs)),
  );
}

/** The reason where the check was skipped, waived or inconclusive; else its summary. */
export function brief({ outcome, reason, summary }: PageCheck): string {
  const quiet: readonly Outcome[] = ['error', 'waived', 'skip'];
  return quiet.includes(outcome) ? (reason ?? summary) : summary;
}

function timeBar(ms: number, slowestMs: number): SVGElement {
  const width = Math.max(0.5, (ms / slowestMs) * 100).toFixed(1);
  const bar = svg('rect', { width, height: 1 });
  return svg(
    'svg',
    { class: 'bar', viewBox: '0 0 100 1', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    bar,
  );
}

function details(check: PageCheck, rule: PageRule, { model, run, draw }: Around): HTMLElement {
  const summary = check.finding ? '' : check.summary;
  const evidence = check.evidence && evidenceOf(check.evidence, run);
  const pattern = evidence && sizePatternIn(evidence);
  const why = [...new Set([summary, check.reason ?? ''])].filter((text) => text !== '');
  return element(
    'div',
    { class: 'inside' },
    element('p', { class: 'demands' }, rule.demands),
    element('p', { class: 'effort' }, effort(check, rule)),
    ...why.map((text) => element('p', { class: 'found' }, text)),
    ...(check.finding ? [drawFinding(check.finding, draw)] : []),
    ...(pattern === undefined ? [] : [labelled('Which sizes', element('p', {}, pattern))]),
    ...(isBroken(check) ? explained(rule) : []),
    ...(evidence ? [drawEvidence(evidence)] : []),
    element(
      'p',
      { class: 'link' },
      element('a', { href: linkTo(uniqueNameOf(model, run.models), rule.id) }, 'Link to this check'),
    ),
  );
}

function isBroken({ outcome }: PageCheck): boolean {
  return isFault(outcome) || outcome === 'waived';
}

/** Why the rule matters, and how to fix a model. */
function explained({ matters, mend }: PageRule): HTMLElement[] {
  const parts = [
    ['Why it matters', matters],
    ['How to fix the model', mend],
  ] as const;
  return parts.flatMap(([name, text]) => (text === undefined ? [] : [labelled(name, prose(text))]));
}

function evidenceOf(numbers: Readonly<Record<string, number>>, run: Payload): Evidence {
  const entries = Object.entries(numbers).map(([key, at]) => [key, run.evidence[at] ?? null] as const);
  return Object.fromEntries(entries);
}

function effort(check: PageCheck, rule: PageRule): string {
  const parts = [`${rule.level.toUpperCase()}, ${outcomeLabels[check.outcome]}`];
  if (check.cases > 0) parts.push(plural(check.cases, 'case'));
  if (check.calls > 0) parts.push(plural(check.calls, 'call'));
  return parts.join(' · ');
}
