import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Problem } from './problem.js';
import { renderProblem } from './render.js';

const problem: Problem = {
  file: 'specs/a.yaml',
  line: 12,
  column: 7,
  text: 'runs: many # a lot',
  message: '`runs` must be a whole number, not the text "many"',
  hint: 'for example `100`',
};

test('place, line, caret, what is wrong, what would be right', () => {
  expect(
    renderProblem(problem, { color: false }),
  ).toBe(`specs/a.yaml:12:7: error: \`runs\` must be a whole number, not the text "many"
   |
12 | runs: many # a lot
   |       ^
   = help: for example \`100\``);
});

test('without a hint', () => {
  const { hint: _, ...bare } = problem;
  expect(renderProblem(bare, { color: false })).toMatch(/\n {3}\| {7}\^$/);
});

test('without a line, only what is wrong', () => {
  const missing = { ...problem, line: 1, column: 1, text: '', message: 'there is no such file' };
  expect(renderProblem(missing, { color: false })).toBe(
    'specs/a.yaml:1:1: error: there is no such file\n  = help: for example `100`',
  );
});

test('in colour, the same text', () => {
  const painted = renderProblem(problem, { color: true });
  expect(painted).toContain('\u001B[31;1m      ^\u001B[0m');
  expect(stripVTControlCharacters(painted)).toBe(renderProblem(problem, { color: false }));
});

test.each([
  ['/home/me', '/home/me/specs/a.yaml', 'specs/a.yaml:12'],
  ['/home/me', '/home/you/a.yaml', '/home/you/a.yaml:12'],
  ['/home/me', 'a.yaml', 'a.yaml:12'],
])('from %s, %s is %s', (cwd, file, shown) => {
  expect(renderProblem({ ...problem, file }, { color: false, cwd })).toMatch(new RegExp(`^${shown}`));
});

describe('the caret stands under its column', () => {
  test.each([
    ['ASCII', 'name: x', 7, '      ^'],
    ['the end of the line', 'name:', 6, '     ^'],
    ['tabs', 'a:\t\tx', 5, '  \t\t^'],
    ['wide characters', '名前: x', 5, '      ^'],
    ['emoji', '"😀": x', 7, '      ^'],
    ['a family of emoji', '"👩‍👩‍👧": x', 13, '      ^'],
    ['combining marks', 'cafe\u0301: x', 8, '      ^'],
    ['accents', 'café: x', 7, '      ^'],
    ['a zero-width space', 'a\u200Bb: x', 6, '    ^'],
  ])('%s', (_, text, column, caret) => {
    const shown = renderProblem({ ...problem, text, column }, { color: false }).split('\n');
    expect(shown[2]).toBe(`12 | ${text}`);
    expect(shown[3]).toBe(`   | ${caret}`);
  });

  test('in a line that is cut on both sides', () => {
    const text = `${'a'.repeat(500)}X${'b'.repeat(500)}`;
    const [, , line = '', caret = ''] = renderProblem(
      { ...problem, text, column: 501 },
      { color: false },
    ).split('\n');
    expect(line).toMatch(/^12 \| …a{59}Xb{58}…$/);
    expect(line[caret.indexOf('^')]).toBe('X');
  });
});

test('nothing in a spec steers the terminal', () => {
  const hostile = { ...problem, text: 'a: \u001B[2J\u202Ex', message: 'no \u001B]0;title\u0007', column: 4 };
  const shown = renderProblem(hostile, { color: false });
  for (const character of '\u001B\u0007\u202E') expect(shown).not.toContain(character);
});

test('nothing that steers a terminal, or is no character, gets through', () => {
  const text = 'a: \uFFFE\u202E\u200F\u001B\u{1FFFF}\uD800 b';
  const shown = renderProblem({ ...problem, text, message: text, hint: text }, { color: false });
  expect(shown.match(/a: \uFFFD{6} b/g)).toHaveLength(3);
});
