import type { Comparison } from '../../harness/verdict/comparison.js';
import { field, type Page } from '../terminal/details.js';
import { painter, type Style } from '../terminal/paint.js';
import { bareTable } from '../terminal/table.js';
import { wrap } from '../terminal/wrap.js';
import { visible } from '../wording/visible.js';
import {
  contextInWords,
  differencesFor,
  headlines,
  rowsCells,
  rowsHead,
  runInWords,
  sidesInWords,
  type Tone,
  tones,
  witnessInWords,
} from './wording.js';

const looks: Readonly<Record<Tone, { readonly mark: string; readonly style: Style }>> = {
  pass: { mark: '✓', style: 'green' },
  warning: { mark: '!', style: 'yellow' },
  fail: { mark: '✗', style: 'red' },
  error: { mark: '?', style: 'magenta' },
};

export type ComparisonTextOptions = {
  readonly color: boolean;
  readonly columns: number;
  /** Whether another function is accepted, which it is. */
  readonly accepted?: boolean;
  /** Where reports were written. */
  readonly reports?: readonly string[];
};

/** A comparison as text, the answer last, where the eye is. */
export function comparisonText(comparison: Comparison, options: ComparisonTextOptions): string {
  const page = { paint: painter(options.color), columns: Math.max(options.columns, 40), strict: false };
  const { mark, style } = looks[tones[comparison.answer]];
  const { function: called } = comparison;
  const lines = [
    ...sidesInWords(comparison).flatMap(([label, text]) => field(label, text, page)),
    '',
    ...differenceLines(comparison, page),
    ...(called && called.rows.length > 0 ? [...numbers(called.rows, page), ''] : []),
    ...(called?.witness
      ? [...witnessInWords(called.witness).flatMap(([label, text]) => field(label, text, page)), '']
      : []),
    ...(called?.drawn ?? []).flatMap(({ kind, says }) => [...field('drawn', `${kind}: ${says}`, page), '']),
    ...(called?.training ? [...field('training', called.training.says, page), ''] : []),
    page.paint(style, `${mark} ${headlines[comparison.answer]}`),
    ...field('', contextInWords(comparison), page),
    ...comparison.because.flatMap((why) => field('because', why, page)),
    ...(options.accepted ? field('accepted', '--accept another-function', page) : []),
    ...wrap(visible(runInWords(comparison)), page.columns - 2).map((line) => `  ${line}`),
    ...(options.reports ?? []).map((path) => `  reports ${visible(path)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function differenceLines(comparison: Comparison, page: Page): string[] {
  const styles = { breaking: ['✗', 'red'], widening: ['+', 'green'], neutral: ['-', 'dim'] } as const;
  const lines = differencesFor(comparison).flatMap((one) => {
    const effect = one.effect[comparison.for];
    const [mark, style] = styles[effect];
    return [
      `  ${page.paint(style, `${mark} ${visible(one.what)}`)}  ${page.paint('dim', effect)}`,
      ...field('OLD', one.old, page),
      ...field('NEW', one.new, page),
      ...field('', one.why, page),
    ];
  });
  return lines.length === 0 ? [] : [...lines, ''];
}

function numbers(rows: NonNullable<Comparison['function']>['rows'], { paint }: Page): string[] {
  const cells = rows.map(rowsCells);
  const shown = rowsHead.map((_, at) => at).filter((at) => cells.some((row) => row[at] !== ''));
  const pick = (row: readonly string[]) => shown.map((at) => visible(row[at] ?? ''));
  return bareTable(
    pick(rowsHead).map((text) => paint('dim', text)),
    cells.map(pick),
    1,
  );
}
