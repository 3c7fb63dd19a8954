import { describe, expect, test } from 'vitest';
import { classNames, codePointsIn, isBlank } from './class-names.js';

describe('names in a list of classes', () => {
  test.each([
    ['with an end of line after the last', 'cat\ndog\n', ['cat', 'dog']],
    ['without one', 'cat\ndog', ['cat', 'dog']],
    ['from Windows, with a byte order mark', '\uFEFFcat\r\ndog\r\n', ['cat', 'dog']],
    ['with an empty line', 'cat\n\ndog\n', ['cat', '', 'dog']],
    ['with an empty line at the end', 'cat\n\n', ['cat', '']],
    ['with an empty first line', '\ncat\n', ['', 'cat']],
    ['with blanks only', 'cat\n \t\n', ['cat', '']],
    ['none', '', []],
  ])('%s', (_, text, names) => {
    expect(classNames(text)).toEqual(names);
  });
});

describe('whether a name is blank', () => {
  test.each([
    ['an empty one', ''],
    ['a no-break space and one of no width', '\u00A0\u200B'],
    ['a byte order mark', '\uFEFF'],
    ['a Hangul filler', '\u3164'],
    ['a Braille pattern without dots', '\u2800'],
  ])('%s is', (_, name) => expect(isBlank(name)).toBe(true));
  test.each([
    ['a word with a joiner', '\u0645\u06CC\u200C\u062E'],
    ['an emoji of several', '\u{1F469}\u200D\u{1F33E}'],
    ['a digit', '0'],
    ['a dash', '-'],
  ])('%s is not', (_, name) => expect(isBlank(name)).toBe(false));
});

test('characters are named by their code points, each once', () => {
  expect(codePointsIn('\u034F\u2060\u034F')).toEqual(['U+034F', 'U+2060']);
  expect(codePointsIn('\u{E0041}')).toEqual(['U+E0041']);
  expect(codePointsIn('')).toEqual([]);
});
