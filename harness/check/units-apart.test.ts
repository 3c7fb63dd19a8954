import { expect, test } from 'vitest';
import { unitsApart } from './units-apart.js';

const rows = (one: readonly number[], other: readonly number[]) =>
  unitsApart([Float32Array.from(one), Float32Array.from(other)]);

test('units come by how far they lie apart, NaN before all, with the digits that it takes to see it', () => {
  expect(rows([1, 2, 3, 0.7953487], [1, 2.5, Number.NaN, 0.7953479])).toEqual([
    { unit: 2, one: '3', other: 'NaN' },
    { unit: 1, one: '2', other: '2.5' },
    { unit: 3, one: '0.7953487', other: '0.7953479' },
  ]);
});

test('of many, five', () => {
  const row = Array.from({ length: 1000 }, (_, unit) => unit);
  expect(
    rows(
      row,
      row.map((value) => 2 * value),
    ).map(({ unit }) => unit),
  ).toEqual([999, 998, 997, 996, 995]);
});

test('a unit that is there in one row only differs; equal rows have none', () => {
  expect(rows([1, 2], [1])).toEqual([{ unit: 1, one: '2', other: 'nothing' }]);
  expect(rows([1, Number.NaN], [1, Number.NaN])).toEqual([]);
});
