import { describe, expect, test } from 'vitest';
import { testOnBundledModels } from '../bundled-models.test.support.js';
import { classIndex } from './class-index.js';
import { classNames } from './class-names.js';

testOnBundledModels(classIndex, {
  'class-without-name': /^an empty line 2 in labels-one-empty\.txt$/,
  'names-one-short': /^1 name in labels-1\.txt$/,
});

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
