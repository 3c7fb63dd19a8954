import { plural } from '../harness/verdict/plural.js';
import type { Replayed } from '../harness/verdict/replayed.js';
import type { CheckResult } from '../harness/verdict/run.js';
import { checkLines, field, type Page } from './terminal/details.js';
import { painter, type Style } from './terminal/paint.js';
import { clipped, visible } from './wording/visible.js';
import { duration } from './wording/words.js';

/** The result of a replay as text: a block for each case, then the totals. */
export function replayed(cases: readonly Replayed[], color: boolean, columns: number): string {
  const page = { paint: painter(color), columns: Math.max(columns, 40), strict: false };
  const blocks = cases.flatMap((one) => [heading(one, page), ...details(one, page), '']);
  return `${[...blocks, totals(cases)].join('\n')}\n`;
}

type Kind = Replayed['answer']['kind'];

const looks: Readonly<Record<Kind, { readonly mark: string; readonly style: Style; readonly says: string }>> =
  {
    'still-failing': { mark: '✗', style: 'red', says: 'still failing' },
    fixed: { mark: '✓', style: 'green', says: 'fixed' },
    'could-not-run': { mark: '?', style: 'magenta', says: 'could not run' },
  };

function heading({ model, check, answer }: Replayed, { paint }: Page): string {
  const { mark, style, says } = looks[answer.kind];
  const what = paint('bold', visible(clipped(`${model}: ${check}`, 120)));
  const effort =
    answer.kind === 'could-not-run'
      ? ''
      : paint('dim', `  ${callsOf(answer.result)}, ${duration(answer.result.durationMs)}`);
  return `${paint(style, `${mark} ${says}`)}  ${what}${effort}`;
}

/** TensorFlow may refuse every call; a check that reads files makes none. */
function callsOf({ calls, finding }: CheckResult): string {
  if (calls > 0) return plural(calls, 'call');
  return finding?.batch ? 'no call succeeded' : 'no call needed';
}

function details({ answer, remarks }: Replayed, page: Page): string[] {
  return [...answerLines(answer, page), ...remarks.flatMap((remark) => field('note', remark, page))];
}

function answerLines(answer: Replayed['answer'], page: Page): string[] {
  switch (answer.kind) {
    case 'still-failing':
      return checkLines(answer.result, page).slice(1);
    case 'fixed':
      return field('found', answer.result.summary, page);
    case 'could-not-run':
      return field('because', answer.reason, page);
  }
}

function totals(cases: readonly Replayed[]): string {
  const counted = (Object.keys(looks) as Kind[]).flatMap((kind) => {
    const count = cases.filter(({ answer }) => answer.kind === kind).length;
    return count === 0 ? [] : [`${count} ${looks[kind].says}`];
  });
  return counted.join(', ');
}
