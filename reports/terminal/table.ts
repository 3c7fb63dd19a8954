import Table from 'cli-table3';
import type { ModelRun, Run } from '../../harness/verdict/run.js';
import { type Outcome, outcomes, tally, verdictLabels } from '../wording/outcome.js';
import { timeOf } from '../wording/words.js';
import { nameText } from './model.js';
import { outcomeMarks, type Paint, verdictMarks } from './paint.js';

const headings: Readonly<Record<Outcome, string>> = {
  fail: 'failed',
  stale: 'stale waivers',
  error: 'errors',
  warning: 'warnings',
  waived: 'waived',
  skip: 'skipped',
  pass: 'passed',
};

/** The models side by side, a row each, with a column for every outcome that occurs. */
export function modelTable(run: Run, paint: Paint): string[] {
  const all = tally(
    run.models.flatMap((model) => model.checks),
    run.strict,
  );
  const columns = outcomes.filter((outcome) => all[outcome] > 0);
  const head = ['model', 'verdict', ...columns.map((outcome) => headings[outcome]), 'time'];
  const rows = run.models.map((model) => row(model, columns, run.strict, paint));
  return bareTable(
    head.map((text) => paint('dim', text)),
    rows,
    2,
  );
}

/** Rows without lines between them; the first columns are aligned to the left, the others to the right. */
export function bareTable(head: string[], rows: readonly string[][], left: number): string[] {
  const table = new Table({
    head,
    colAligns: head.map((_, at) => (at < left ? 'left' : 'right')),
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
    chars: bareLines,
  });
  for (const one of rows) table.push(one);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

function row(model: ModelRun, columns: readonly Outcome[], strict: boolean, paint: Paint): string[] {
  const counts = tally(model.checks, strict);
  const { mark, style } = verdictMarks[model.verdict];
  return [
    `${paint(style, mark)} ${nameText(model)}`,
    paint(style, verdictLabels[model.verdict]),
    ...columns.map((outcome) =>
      counts[outcome] === 0 ? '' : paint(outcomeMarks[outcome].style, `${counts[outcome]}`),
    ),
    timeOf(model),
  ];
}

const bareLines = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};
