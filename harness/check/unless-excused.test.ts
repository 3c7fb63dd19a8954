import { expect, test } from 'vitest';
import { type Excuses, noExcuses } from './check.js';
import { type Part, unlessExcused } from './unless-excused.js';

const excuses: Excuses = { answering: async (error: unknown) => (error === 'told' ? 'a/b' : undefined) };

/** The parts of a measurement that throws what is not a number. */
async function partsOf(items: readonly (number | string)[], given = excuses) {
  const parts: Part<number | string, number>[] = [];
  const run = async (item: number | string) => {
    if (typeof item === 'string') throw item;
    return item * 2;
  };
  for await (const part of unlessExcused(items, given, run)) parts.push(part);
  return parts;
}

test('each part is run, and one that another check answers for is left out', async () => {
  expect(await partsOf([1, 'told', 3])).toEqual([
    { item: 1, result: 2 },
    { item: 3, result: 6 },
  ]);
});

test('what nobody answers for is thrown', async () => {
  await expect(partsOf([1, 'untold', 'told'])).rejects.toBe('untold');
  await expect(partsOf([1, 'told'], noExcuses)).rejects.toBe('told');
});

test('so is the first, where every part would be left out', async () => {
  await expect(partsOf(['told', 'told'])).rejects.toBe('told');
});

test('parts that come after the one that decides are not run', async () => {
  const ran: number[] = [];
  const run = async (item: number) => ran.push(item);
  for await (const _ of unlessExcused([1, 2, 3], noExcuses, run)) break;
  expect(ran).toEqual([1]);
});
