import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { answerOf, mistakeIn } from './known-answer.js';

const names = ['cat', 'dog', 'crane', 'crane'];
const folder = mkdtempSync(path.join(tmpdir(), 'assay-answers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ofClass = (named: number | string) =>
  ({ image: 'a.png', expects: { kind: 'class', class: named } }) as const;
const ofScores = (file: string) =>
  ({ image: 'a.png', expects: { kind: 'output', path: file, tolerance: 0.1 } }) as const;

describe('the answer to an example', () => {
  test.each([
    ['an index', 1, [1]],
    ['a name', 'dog', [1]],
    ['a name that two classes share', 'crane', [2, 3]],
  ])('%s', (_, named, indices) => {
    expect(answerOf(ofClass(named), names)).toEqual({ kind: 'class', indices });
  });

  test.each([
    [
      'an unknown name',
      () => answerOf(ofClass('cow'), names),
      'The class "cow" is not in the list of classes. Give its index.',
    ],
    [
      'a name, and the list is at a URL',
      () => answerOf(ofClass('cat'), []),
      'The class "cat" can only be looked up in a file of classes. Give its index.',
    ],
    [
      'scores in what is no NumPy file',
      () => answerOf(ofScores(written('a.npy', '0.5')), names),
      'a.npy: It is not a NumPy file. Store the row of scores with `numpy.save`.',
    ],
  ])('is not known: %s', (_, ask, sentence) => {
    expect(ask).toThrow(expect.objectContaining({ name: 'UnknownAnswer', inFull: sentence }));
  });

  test.each([
    [[0, 1, 0.5], undefined],
    [[0, 0.2, 0.1], /hides any difference: the scores in b.npy differ by 0.2/],
    [[0.5, 0.5], undefined],
  ])('scores that a tolerance of 0.1 tells from others: %j', (scores, sentence) => {
    const file = path.join(folder, 'b.npy');
    writeFileSync(file, npyOf(scores));
    const ask = () => answerOf(ofScores(file), names);
    if (sentence === undefined) expect(ask()).toMatchObject({ kind: 'scores', tolerance: 0.1 });
    else expect(ask).toThrow(sentence);
  });

  test('is not known: scores in a file that is not there', () => {
    expect(() => answerOf(ofScores(path.join(folder, 'none.npy')), names)).toThrow(/^none\.npy: ENOENT/);
  });
});

describe('a class', () => {
  const wrong = (row: readonly number[], ...indices: number[]) =>
    mistakeIn(Float32Array.from(row), { kind: 'class', indices }, names)?.actual;

  test.each([
    ['the highest score', [0, 1, 0.5, -2], [1]],
    ['the highest score at one of two classes of that name', [0, 1, 0.5, 3], [2, 3]],
    ['the highest of negative scores', [-3, -1, -2, -9], [1]],
    ['infinity', [0, Number.POSITIVE_INFINITY, 0, 0], [1]],
  ])('is right: %s', (_, row, indices) => {
    expect(wrong(row, ...indices)).toBeUndefined();
  });

  test.each([
    ['another has the highest score', [3, 1, 0.5, -2], 'class 0 (cat), with 3 against 1'],
    ['another ties with it', [1, 1, 0.5, -2], 'class 0 (cat), class 1 (dog), with 1 against 1'],
    [
      'all tie',
      [0, 0, 0, 0, 0],
      'class 0 (cat), class 1 (dog), class 2 (crane) and 2 more, with 0 against 0',
    ],
    ['its score is NaN', [0, Number.NaN, 0, 0], 'NaN as the score of class 1 (dog)'],
    ['some other score is NaN', [0, 9, Number.NaN, 0], 'NaN as the score of class 2 (crane)'],
    ['there is no such score', [3], 'class 0 (cat), with 3 against nothing'],
    ['there are no scores', [], 'no scores'],
  ])('is wrong: %s', (_, row, actual) => {
    expect(wrong(row, 1)).toBe(actual);
  });
});

describe('stored scores', () => {
  const wrong = (row: readonly number[], ...values: number[]) =>
    mistakeIn(
      Float32Array.from(row),
      { kind: 'scores', values: Float64Array.from(values), tolerance: 0.1, file: 'a.npy' },
      names,
    );

  test('are right to within the tolerance', () => {
    expect(wrong([0, 1.0625], 0, 1)).toBeUndefined();
  });

  test.each([
    ['one differs', [0, 1.2], [0, 1], '1.2; 1 of 2 scores differ'],
    ['the largest difference is told', [0.5, 1.2], [0, 1], '0.5; 2 of 2 scores differ'],
    ['there is one more', [0, 1, 2], [0, 1], '3 scores'],
    ['NaN, given', [Number.NaN, 1], [0, 1], 'NaN; 1 of 2 scores differ'],
    ['NaN, stored', [0, 1], [Number.NaN, 1], '0; 1 of 2 scores differ'],
    ['NaN, both', [Number.NaN, 1], [Number.NaN, 1], 'NaN; 1 of 2 scores differ'],
  ])('are wrong: %s', (_, row, values, actual) => {
    expect(wrong(row, ...values)?.actual).toBe(actual);
  });
});

function written(name: string, text: string): string {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
}

function npyOf(scores: readonly number[]): Buffer {
  const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${scores.length},), }`.padEnd(117);
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, 118, 0]);
  return Buffer.concat([start, Buffer.from(`${header}\n`), Buffer.from(Float64Array.from(scores).buffer)]);
}
