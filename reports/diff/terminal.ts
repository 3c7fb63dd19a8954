import type { Change } from '../../harness/verdict/diff/change.js';
import type { ModelDiff, RunDiff } from '../../harness/verdict/diff/diff-runs.js';
import { field, type Page } from '../terminal/details.js';
import { painter, type Style } from '../terminal/paint.js';
import { wrap } from '../terminal/wrap.js';
import { visible } from '../wording/visible.js';
import {
  causesInWords,
  changeWords,
  countsInWords,
  diffHeadline,
  quietlyChanged,
  type Told,
  toldOf,
  toldTogether,
} from './wording.js';

const looks: Readonly<Partial<Record<Change, { readonly mark: string; readonly style: Style }>>> = {
  broken: { mark: '✗', style: 'red' },
  'became-undecided': { mark: '?', style: 'magenta' },
  'new-warning': { mark: '!', style: 'yellow' },
  'still-broken': { mark: '✗', style: 'dim' },
  'still-undecided': { mark: '?', style: 'dim' },
  fixed: { mark: '✓', style: 'green' },
  decided: { mark: '✓', style: 'green' },
};

/** The differences of two runs as text: models that changed, each with its changes, then the totals. */
export function diffText(diff: RunDiff, code: 0 | 1 | 2, color: boolean, columns: number): string {
  const page = { paint: painter(color), columns: Math.max(columns, 40), strict: false };
  const changed = diff.models.filter((model) => toldOf(model).length > 0 || !model.before || !model.after);
  const style = code === 0 ? 'green' : code === 1 ? 'red' : 'magenta';
  const mark = code === 0 ? '✓' : code === 1 ? '✗' : '?';
  const lines = [
    ...changed.flatMap((model) => modelLines(model, page)),
    page.paint(style, `${mark} ${diffHeadline(diff, code)}`),
    ...[countsInWords(diff), ...quietlyChanged(diff)]
      .flatMap((text) => wrap(visible(text), page.columns - 2))
      .map((line) => `  ${line}`),
  ];
  return `${lines.join('\n')}\n`;
}

function modelLines(model: ModelDiff, page: Page): string[] {
  const head = `${page.paint('bold', visible(model.name))}  ${page.paint('dim', causesInWords(model))}`;
  return [head, ...toldTogether(model).flatMap((told) => changeLines(told, page)), ''];
}

function changeLines(one: Told, page: Page): string[] {
  const { mark, style } = looks[one.change] ?? { mark: '-', style: 'dim' as const };
  const says = page.paint(style, `${mark} ${changeWords[one.change]}`);
  const named = wrap(visible(one.ids.join(', ')), page.columns - 6);
  const [first = '', ...rest] = named;
  return [
    `  ${says}  ${first}`,
    ...rest.map((line) => `      ${line}`),
    ...(one.line === '' ? [] : field('', one.line, page)),
  ];
}
