import { stripVTControlCharacters } from 'node:util';
import type { Cause } from '../../harness/verdict/causes.js';
import { plural } from '../../harness/verdict/plural.js';
import type { CheckResult, Rule } from '../../harness/verdict/run.js';
import { shellWord } from '../../harness/verdict/shell-word.js';
import { type Outcome, outcomeLabels, outcomeOf } from '../wording/outcome.js';
import { clipped, visible, visibleLines } from '../wording/visible.js';
import { caseInWords, unitsInLines } from '../wording/words.js';
import { outcomeMarks, type Paint } from './paint.js';
import { wrap } from './wrap.js';

export type Page = {
  readonly paint: Paint;
  readonly columns: number;
  readonly strict: boolean;
  /** The mistakes of specs were shown before, each with its line. */
  readonly mistakesShown?: boolean;
  /** How models are fixed, by the id of the check. */
  readonly rules?: ReadonlyMap<string, Rule>;
};

/** Longest expected, actual or reason shown; the other reports show all of it. */
const maxCharacters = 1200;
const indent = 4;
const labelWidth = 10;

/** A check as lines: the whole finding of a failure, one line for a pass. */
export function checkLines(check: CheckResult, page: Page): string[] {
  const outcome = outcomeOf(check, page.strict);
  switch (outcome) {
    case 'fail':
    case 'warning':
      return [heading(check, outcome, page), ...demand(check, page), ...findingLines(check, page)];
    case 'stale':
      return [heading(check, outcome, page), ...findingLines(check, page)];
    case 'error':
      return [heading(check, outcome, page), ...field('because', check.reason ?? check.summary, page)];
    case 'waived':
    case 'skip':
      return oneLine(check, outcome, check.reason ?? check.summary, page);
    case 'pass':
      return oneLine(check, outcome, check.summary, page);
  }
}

/** Several checks that could not decide for one reason, which is told once. */
export function causeLines({ reason, checks }: Cause, page: Page): string[] {
  const { mark, style } = outcomeMarks.error;
  const title = plural(checks.length, 'check');
  return [
    `  ${page.paint(style, mark)} ${page.paint('bold', title)}  ${page.paint(style, outcomeLabels.error)}`,
    ...field('because', reason, page),
    ...field('these', checks.map(({ id }) => id).join(', '), page),
  ];
}

/** A label and a text beside it, broken to the width of the page. */
export function field(label: string, text: string, page: Page): string[] {
  const lines = wrap(visibleLines(clipped(text, maxCharacters)), page.columns - indent - labelWidth);
  return lines.map((line, at) => beside(at === 0 ? label : '', line, page)).map((line) => line.trimEnd());
}

function heading(check: CheckResult, outcome: Outcome, { paint, columns }: Page): string {
  const { mark, style } = outcomeMarks[outcome];
  const id = paint('bold', visible(clipped(check.id, 80)));
  const parts = [
    ...(outcome === 'stale' ? [] : [paint('dim', check.level.toUpperCase())]),
    paint(style, outcomeLabels[outcome]),
  ];
  const line = `  ${paint(style, mark)} ${id}  ${parts.join('  ')}`;
  const fits = stripVTControlCharacters(line).length <= columns;
  return fits ? line : `  ${paint(style, mark)} ${id}\n    ${parts.join('  ')}`;
}

function demand(check: CheckResult, page: Page): string[] {
  const lines = wrap(visibleLines(clipped(check.demands, maxCharacters)), page.columns - indent);
  return lines.map((line) => ' '.repeat(indent) + line);
}

function findingLines(check: CheckResult, page: Page): string[] {
  const { finding } = check;
  if (!finding) return field('found', check.summary, page);
  const shownBy = caseInWords(finding);
  const units = unitsInLines(finding);
  const rule = page.rules?.get(check.id);
  const remedy = finding.remedy ?? rule?.mend;
  return [
    ...field('where', finding.where, page),
    ...field('expected', finding.expected, page),
    ...field('actual', finding.actual, page),
    ...(units.length > 0 ? field('rows', units.join('\n'), page) : []),
    ...(shownBy ? field('shown by', shownBy, page) : []),
    ...(typeof check.evidence?.sizePattern === 'string'
      ? field('sizes', check.evidence.sizePattern, page)
      : []),
    ...(remedy ? field('remedy', remedy, page) : []),
    ...(finding.replay ? [command('replay', finding.replay, page)] : []),
    ...(rule ? [command('more', explanation(rule, finding.replay), page)] : []),
  ];
}

/** Called as the command that replays the finding. */
function explanation({ id, module }: Rule, replay = ''): string {
  const program = replay.startsWith('npx ') ? 'npx assay' : 'assay';
  return `${program} explain ${id}${module === undefined ? '' : ` --checks ${shellWord(module)}`}`;
}

/** Commands stay on one line, so that they can be copied. */
function command(label: string, text: string, page: Page): string {
  return beside(label, page.paint('cyan', visible(clipped(text, maxCharacters))), page);
}

function oneLine(check: CheckResult, outcome: Outcome, why: string, page: Page): string[] {
  const { mark, style } = outcomeMarks[outcome];
  const label = outcome === 'pass' ? '' : `${outcomeLabels[outcome]}: `;
  const id = visible(clipped(check.id, 80));
  const lines = wrap(
    `${label}${visible(clipped(why, maxCharacters))}`,
    page.columns - indent - id.length - 2,
  );
  const [first = '', ...rest] = lines;
  const hang = ' '.repeat(indent + id.length + 2);
  return [`  ${page.paint(style, mark)} ${id}  ${first}`.trimEnd(), ...rest.map((line) => hang + line)];
}

function beside(label: string, text: string, { paint }: Page): string {
  const padded = label.padEnd(labelWidth);
  return `${' '.repeat(indent)}${label ? paint('dim', padded) : padded}${text}`;
}
