import { expect, test } from 'vitest';
import { tensor } from '../engine/testing/tensors.js';
import { agreementOf } from './agreement.js';
import { measured } from './tolerance.js';

const one = tensor([3, 2], [1, 2, 3, 4, 5, 6]);
const rounding = () => measured(1e-6, 'rounding');

test('the same bits need no tolerance', async () => {
  const unasked = () => {
    throw new Error('It was asked for.');
  };
  expect(await agreementOf([one, one], {}, unasked)).toEqual({
    compared: {
      tolerance: measured(0, 'the same bits'),
      difference: 0,
      scale: 2,
      largest: { difference: 0, scale: 2 },
    },
  });
});

test('the largest difference of all rows is told, also of those within the tolerance', async () => {
  const other = tensor([3, 2], [1, 2, 3, 4.25, 5, 6.5]);
  const { compared, disagreement } = await agreementOf(
    [one, other],
    { tolerance: { absolute: 1, relative: 0 } },
    rounding,
  );
  expect(disagreement).toBeUndefined();
  expect(compared).toMatchObject({ difference: 0, largest: { difference: 0.5, scale: 6 } });
});

test('the row that differs most, for its size, is measured and told', async () => {
  const other = tensor([3, 2], [1, 2.000001, 3, 4.1, 5, 6.0001]);
  const { disagreement, compared } = await agreementOf([one, other], {}, (row) =>
    measured(row === 1 ? 0.01 : 1e9, 'rounding'),
  );
  expect(disagreement).toMatchObject({ row: 1, unit: 1, expected: '4 ± 0.01 (rounding)' });
  expect(disagreement?.actual).toBe('4.1: off by 0.1, 0.0244 of the largest value of the row');
  expect(compared.difference).toBeCloseTo(0.1, 5);
});

test('rounding is no disagreement, and is reported of', async () => {
  const { disagreement, compared } = await agreementOf(
    [one, tensor([3, 2], [1, 2.0000002, 3, 4, 5, 6])],
    {},
    rounding,
  );
  expect(disagreement).toBeUndefined();
  expect(compared).toMatchObject({ tolerance: { absolute: 1e-6, origin: 'rounding' }, scale: 2 });
});

test('the tolerance of the spec is the only one where there is one', async () => {
  const other = tensor([3, 2], [1.4, 2, 3, 4, 5, 6]);
  const allowing = (absolute: number) =>
    agreementOf([one, other], { tolerance: { absolute, relative: 0 } }, () => measured(1e9, 'rounding'));
  expect((await allowing(0.5)).disagreement).toBeUndefined();
  expect((await allowing(0.3)).disagreement).toMatchObject({ row: 0, allowed: 0.3 });
});

test('NaN disagrees with a number, and a missing row with one that is there', async () => {
  expect(
    (await agreementOf([one, tensor([3, 2], [1, 2, Number.NaN, 4, 5, 6])], {}, rounding)).disagreement,
  ).toMatchObject({
    row: 1,
    actual: 'NaN',
  });
  expect((await agreementOf([one, tensor([2, 2], [1, 2, 3, 4])], {}, rounding)).disagreement).toMatchObject({
    row: 2,
  });
});
