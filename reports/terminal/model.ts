import { stripVTControlCharacters } from 'node:util';
import { byCause } from '../../harness/verdict/causes.js';
import { plural } from '../../harness/verdict/plural.js';
import type { CheckResult, ModelRun } from '../../harness/verdict/run.js';
import { type Outcome, outcomeOf, outcomes, tally, tallyInWords, verdictLabels } from '../wording/outcome.js';
import { shortened, visible } from '../wording/visible.js';
import { timeOf } from '../wording/words.js';
import { causeLines, checkLines, field, type Page } from './details.js';
import { verdictMarks } from './paint.js';
import type { WindowPage } from './window-page.js';
import { wrap } from './wrap.js';

/** Longest name that is shown whole. */
const maxNameLength = 40;

/** One line for a model, and below it each check that needs attention; with `verbose`, every check. */
export function modelLines(model: ModelRun, nameWidth: number, page: WindowPage, verbose: boolean): string[] {
  const shown = model.checks.filter((check) => verbose || worthReading(outcomeOf(check, page.strict)));
  const blocks = blocksOf(worstFirst(shown, page.strict), page);
  const told = model.problem === undefined || fitsTheLine(model) || isShown(model, page);
  const problem = told ? [] : field('problem', model.problem ?? '', page);
  const details = [...problem, ...blocks.flatMap((block) => (block.length > 1 ? ['', ...block, ''] : block))];
  return [modelLine(model, nameWidth, page), ...details, ...(details.length > 0 ? [''] : [])];
}

/** The lines of each check; those that could not decide for the same reason share theirs. */
function blocksOf(checks: readonly CheckResult[], page: Page): string[][] {
  const causes = byCause(checks.filter(({ status }) => status === 'error')).filter(
    ({ checks }) => checks.length > 1,
  );
  const first = new Map(causes.map((cause) => [cause.checks[0], cause]));
  const told = new Set(causes.flatMap(({ checks }) => checks.slice(1)));
  return checks
    .filter((check) => !told.has(check))
    .map((check) => {
      const cause = first.get(check);
      return cause ? causeLines(cause, page) : checkLines(check, page);
    });
}

export function nameText(model: ModelRun): string {
  return shortened(visible(model.name), maxNameLength);
}

function modelLine(model: ModelRun, nameWidth: number, page: WindowPage): string {
  const { paint, strict } = page;
  const { mark, style } = verdictMarks[model.verdict];
  const name = nameText(model);
  const verdict = verdictLabels[model.verdict];
  const counts = countsOf(model, page) ?? tallyInWords(tally(model.checks, strict));
  const named = (width: number) => `${paint(style, mark)} ${paint('bold', name.padEnd(width))}`;
  const rest = `${counts}  ${paint('dim', timeOf(model))}`;
  const line = `${named(nameWidth)}  ${paint(style, verdict)}  ${rest}`;
  if (stripVTControlCharacters(line).length <= page.window) return line;
  const below = [paint(style, verdict), ...wrap(rest, page.window - 4)];
  return [named(0), ...below.map((one) => `    ${one}`)].join('\n');
}

/** Of a model that no check has seen: why, if that fits here or was told before. */
function countsOf(model: ModelRun, page: Page): string | undefined {
  const { problem = '' } = model;
  if (isShown(model, page))
    return `${plural(problem.split('\n').length, 'mistake')} in its spec, shown above`;
  return fitsTheLine(model) ? visible(problem) : undefined;
}

function isShown({ problemLine }: ModelRun, { mistakesShown = false }: Page): boolean {
  return mistakesShown && problemLine !== undefined;
}

/** A short problem without a line of the spec, as of a model that an interrupted run did not reach. */
function fitsTheLine({ problem, problemLine }: ModelRun): boolean {
  return problemLine === undefined && problem !== undefined && /^.{1,60}$/.test(problem);
}

function worthReading(outcome: Outcome): boolean {
  return outcome !== 'pass' && outcome !== 'skip';
}

function worstFirst(checks: readonly CheckResult[], strict: boolean): CheckResult[] {
  const rank = (check: CheckResult) => outcomes.indexOf(outcomeOf(check, strict));
  return [...checks].sort((one, other) => rank(one) - rank(other));
}
