import { expect, test } from 'vitest';
import { EngineError } from '../process/failures.js';
import { Early } from './early.js';

const works = ['a', 'b', 'c'].map((name) => async (subject: string) => {
  if (name === 'b' && subject === 'forgetful') throw new Error('not here');
  return `${name} by ${subject}`;
});

test('others begin from the end', async () => {
  const early = new Early(works);
  const served = early.serve('other');
  expect(await early.take(0)).toBeUndefined();
  await served;
  expect([await early.take(1), await early.take(2)]).toEqual(['b by other', 'c by other']);
});

test('what has begun is waited for', async () => {
  const early = new Early(works);
  void early.serve('other');
  expect(await early.take(2)).toBe('c by other');
});

test('what fails elsewhere is left to whoever asks, and the rest goes on', async () => {
  const early = new Early(works);
  await early.serve('forgetful');
  expect([await early.take(0), await early.take(1)]).toEqual(['a by forgetful', undefined]);
});

test('whoever is lost begins nothing more', async () => {
  const begun: string[] = [];
  const early = new Early(
    ['a', 'b'].map((name) => async (_subject: string) => {
      begun.push(name);
      throw new EngineError('crash', 'gone');
    }),
  );
  await early.serve('other');
  expect([begun, await early.take(0), await early.take(1)]).toEqual([['b'], undefined, undefined]);
});

test('what was taken is not done again', async () => {
  const early = new Early(works);
  for (const place of [0, 1, 2]) await early.take(place);
  await early.serve('other');
  expect(await early.take(1)).toBeUndefined();
});
