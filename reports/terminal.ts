import { stripVTControlCharacters } from 'node:util';
import type { Run } from '../harness/verdict/run.js';
import { modelLines, nameText } from './terminal/model.js';
import { painter } from './terminal/paint.js';
import { modelTable } from './terminal/table.js';
import { totalLines } from './terminal/totals.js';
import { wrap } from './terminal/wrap.js';
import { rejudgedInFull } from './wording/rejudged.js';
import { visible } from './wording/visible.js';

export type TerminalOptions = {
  readonly color: boolean;
  /** Width of the window, in characters; undefined where none is known, as in a log: then lines and tables stay whole. */
  readonly columns: number | undefined;
  /** Show every check, not only those that need attention; undefined where there is no option for that. */
  readonly verbose?: boolean;
  /** The mistakes of specs were shown before, each with its line. */
  readonly mistakesShown?: boolean;
  /** Where the other reports were written. */
  readonly reports?: readonly string[];
};

const minColumns = 40;
const usualColumns = 100;

/** The run for a reader in a hurry: a line per model, each broken promise and how to run it again, then the totals. */
export function terminal(run: Run, options: TerminalOptions): string {
  const paint = painter(options.color);
  const { columns, mistakesShown = false } = options;
  const rules = new Map((run.rules ?? []).map((rule) => [rule.id, rule]));
  const page = {
    paint,
    strict: run.strict,
    columns: Math.max(columns ?? usualColumns, minColumns),
    mistakesShown,
    rules,
  };
  const window = columns === undefined ? Number.POSITIVE_INFINITY : page.columns;
  const nameWidth = Math.max(0, ...run.models.map((model) => nameText(model).length));
  const models = run.models.flatMap((model) =>
    modelLines(model, nameWidth, { ...page, window }, options.verbose ?? false),
  );
  const table = run.models.length > 1 ? fitting(['', ...modelTable(run, paint)], window) : [];
  const lines = [
    ...rejudgedLines(run, page.columns),
    ...models,
    ...table,
    '',
    ...totalLines(run, { ...page, window }, options),
  ];
  return `${singleBlanks(lines).join('\n')}\n`;
}

/** Whoever reads on must know that this is not what was run. */
function rejudgedLines(run: Run, columns: number): string[] {
  const text = rejudgedInFull(run);
  return text === undefined ? [] : [...wrap(visible(`This run was ${text}.`), columns), ''];
}

/** A table that is too wide would break inside words; the line of each model says the same. */
function fitting(table: readonly string[], columns: number): readonly string[] {
  return table.every((line) => stripVTControlCharacters(line).length <= columns) ? table : [];
}

/** Blocks have their own blank lines; drops doubled ones and one at the top. */
function singleBlanks(lines: readonly string[]): string[] {
  return lines.filter((line, at) => line !== '' || (at > 0 && lines[at - 1] !== ''));
}
