import { expect, test } from 'vitest';
import { isSideBySide, versionsNamed } from './requested.js';

test.each<[string | undefined, readonly string[]]>([
  [undefined, []],
  ['2.15.1', ['2.15.1']],
  ['2.12.0,2.15.1', ['2.12.0', '2.15.1']],
  [' 2.21.0 , written-with', ['2.21.0', 'written-with']],
  ['2.22.0rc0,2.21.0', ['2.22.0rc0', '2.21.0']],
])('%s', (list, versions) => {
  expect(versionsNamed(list)).toEqual(versions);
});

test.each([
  ['', 'names no version in place 1 of 1'],
  ['2.12.0,', 'names no version in place 2 of 2'],
  ['2.12.0,,2.15.1', 'names no version in place 2 of 3'],
  ['2.x', '2.x is not a complete TensorFlow version'],
  ['2.15', '2.15 is not a complete TensorFlow version'],
  ['newest,2.12.0', 'newest is not a complete TensorFlow version'],
  ['2.12.0,2.12.0', '2.12.0 is named twice'],
  ['written-with,written-with', 'written-with is named twice'],
  ['2.15.0,2.15.0.post1', '2.15.0 and 2.15.0.post1 are the same release'],
])('"%s" is refused: %s', (list, why) => {
  expect(() => versionsNamed(list)).toThrow(why);
});

test.each([
  [[], false],
  [['2.15.1'], false],
  [['written-with'], true],
  [['2.12.0', '2.15.1'], true],
])('%j side by side: %s', (versions, expected) => {
  expect(isSideBySide(versions)).toBe(expected);
});
