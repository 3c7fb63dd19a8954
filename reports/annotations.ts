import type { CheckResult, ModelRun, Run } from '../harness/verdict/run.js';
import { headline, partInWords } from './wording/headline.js';
import { outcomeOf } from './wording/outcome.js';
import { rejudgedInFull } from './wording/rejudged.js';
import { clipped, shortened, visible, visibleLines } from './wording/visible.js';

/** Longest message; GitHub cuts longer ones. */
const maxCharacters = 4000;

/** Longest name in a title, which is one line. */
const maxNameLength = 120;

/** Workflow commands that make GitHub annotate the specs, a line each; empty when there is nothing to report of a whole run. */
export function annotations(run: Run): string {
  return [...noticesOf(run), ...run.models.flatMap((model) => linesOf(model, run.strict))].join('');
}

/** What must be known before any annotation is read. */
function noticesOf(run: Run): string[] {
  const judged = rejudgedInFull(run);
  const { verdict, why } = headline(run);
  const notices = [
    ...(partInWords(run) === undefined ? [] : [`${verdict}: ${why}.`]),
    ...(judged === undefined ? [] : [`This run was ${judged}.`]),
  ];
  return notices.map((text) => `::notice::${data(visibleLines(text))}\n`);
}

function linesOf(model: ModelRun, strict: boolean): string[] {
  const problem =
    model.problem === undefined
      ? []
      : [command('error', model, titleOf(model), model.problem, model.problemLine)];
  return [...problem, ...model.checks.flatMap((check) => lineOf(model, check, strict))];
}

function lineOf(model: ModelRun, check: CheckResult, strict: boolean): string[] {
  const title = `${titleOf(model)}: ${check.id}`;
  switch (outcomeOf(check, strict)) {
    case 'fail':
    case 'stale':
      return [command('error', model, title, messageOf(check), check.specLine)];
    case 'error':
      return [
        command('error', model, title, `Could not decide: ${check.reason ?? check.summary}`, check.specLine),
      ];
    case 'warning':
      return [command('warning', model, title, messageOf(check), check.specLine)];
    default:
      return [];
  }
}

function titleOf({ name }: ModelRun): string {
  return shortened(name, maxNameLength);
}

function messageOf({ demands, finding, summary }: CheckResult): string {
  const found = finding
    ? `${finding.where}: expected ${finding.expected}, actual ${finding.actual}`
    : summary;
  return [demands, found, finding?.remedy, finding?.replay].filter((text) => text).join('\n');
}

function command(
  level: 'error' | 'warning',
  model: ModelRun,
  title: string,
  message: string,
  line = 1,
): string {
  const properties = `file=${property(model.spec)},line=${line},title=${property(title)}`;
  return `::${level} ${properties}::${data(visibleLines(clipped(message, maxCharacters)))}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
