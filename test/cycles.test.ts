import { expect, test } from 'vitest';
import { cycles } from './cycles.js';

test('files that import each other are found, by way of others, too', () => {
  const imports = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', ['a']],
    ['d', ['d']],
    ['e', ['a']],
  ]);
  expect(cycles(imports).map((group) => group.toSorted())).toEqual([['d'], ['a', 'b', 'c']]);
});

test('a file that several import is no circle', () => {
  expect(
    cycles(
      new Map([
        ['a', ['b', 'c']],
        ['b', ['c']],
        ['c', []],
      ]),
    ),
  ).toEqual([]);
});
