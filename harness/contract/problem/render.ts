import { isAbsolute, relative } from 'node:path';
import { columnsOf, graphemesOf, visibleText } from './display.js';
import type { Problem } from './problem.js';

export type RenderOptions = {
  readonly color: boolean;
  /** An absolute folder: files in it are named from there. Left out: as the problem names them. */
  readonly cwd?: string;
};

/** A problem in the style of compilers: `file:line:col`, the line, a caret, what is wrong, how to fix it. */
export function renderProblem(problem: Problem, { color, cwd }: RenderOptions): string {
  const paint = color ? painted : plain;
  const place = `${fileFrom(cwd, problem.file)}:${problem.line}:${problem.column}`;
  const gutter = ' '.repeat(String(problem.line).length);
  const { line, caret } = underlined(problem.text, problem.column);
  const excerpt = [`${gutter} |`, `${problem.line} | ${line}`, `${gutter} | ${paint.wrong(caret)}`];
  return [
    `${paint.place(visibleText(place))}: ${paint.wrong('error')}: ${visibleText(problem.message)}`,
    ...(problem.text === '' ? [] : excerpt),
    ...(problem.hint === undefined
      ? []
      : [`${gutter} = ${paint.right('help')}: ${visibleText(problem.hint)}`]),
  ].join('\n');
}

function fileFrom(cwd: string | undefined, file: string): string {
  if (cwd === undefined || !isAbsolute(file)) return file;
  const path = relative(cwd, file);
  return path === '' || path.startsWith('..') ? file : path;
}

type Paint = { readonly place: Style; readonly wrong: Style; readonly right: Style };
type Style = (text: string) => string;

const same: Style = (text) => text;
const plain: Paint = { place: same, wrong: same, right: same };
const ansi =
  (code: string): Style =>
  (text) =>
    `\u001B[${code}m${text}\u001B[0m`;
const painted: Paint = { place: ansi('1'), wrong: ansi('31;1'), right: ansi('36') };

/** Graphemes of a long line to show on either side of the caret, and UTF-16 units that hold so many of nearly any text. */
const around = 60;
const nearby = 16 * around;

/** The line and, under the column, a caret. Tabs are repeated beneath, so that any tab width fits. */
function underlined(text: string, column: number): { line: string; caret: string } {
  const before = graphemesOf(visibleText(text.slice(Math.max(0, column - 1 - nearby), column - 1)));
  const after = graphemesOf(visibleText(text.slice(column - 1, column - 1 + nearby)));
  const shownBefore = before.length > around ? ['…', ...before.slice(1 - around)] : before;
  const shownAfter = after.length > around ? [...after.slice(0, around - 1), '…'] : after;
  const padding = shownBefore.map((one) => (one === '\t' ? '\t' : ' '.repeat(columnsOf(one))));
  return { line: [...shownBefore, ...shownAfter].join('').trimEnd(), caret: `${padding.join('')}^` };
}
