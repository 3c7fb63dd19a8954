import { describe, expect, test } from 'vitest';
import { classNames } from './class-names.js';

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
