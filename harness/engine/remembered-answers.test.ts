import { expect, test } from 'vitest';
import { CallFailed, CallRefused, EngineError } from './process/failures.js';
import { RememberedAnswers } from './remembered-answers.js';

/** Answers one after the other; a failure is thrown. */
function asked(...answers: readonly (number | Error)[]) {
  const given: (number | Error)[] = [];
  const ask = async () => {
    const answer = answers[given.length] ?? Number.NaN;
    given.push(answer);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { ask, given };
}

test('an answer is requested once, even while it is pending', async () => {
  const remembered = new RememberedAnswers<number>();
  const { ask, given } = asked(1, 2);
  expect(await Promise.all([remembered.recall('a', ask), remembered.recall('a', ask)])).toEqual([1, 1]);
  expect(await remembered.recall('a', ask)).toBe(1);
  expect(remembered.knows('a')).toBe(true);
  expect(await remembered.recall('b', ask)).toBe(2);
  expect(given).toEqual([1, 2]);
});

test.each([new CallFailed('no'), new CallRefused('no')])('$name is an answer', async (failure) => {
  const remembered = new RememberedAnswers<number>();
  const { ask } = asked(failure, 2);
  await expect(remembered.recall('a', ask)).rejects.toBe(failure);
  await expect(remembered.recall('a', ask)).rejects.toBe(failure);
});

test.each([new EngineError('deadline', 'late'), new TypeError('a bug')])('$name is none', async (failure) => {
  const remembered = new RememberedAnswers<number>();
  const { ask } = asked(failure, 2);
  await expect(remembered.recall('a', ask)).rejects.toBe(failure);
  expect(remembered.knows('a')).toBe(false);
  expect(await remembered.recall('a', ask)).toBe(2);
});

test('beyond the most that are kept, those that were not asked for longest go first', async () => {
  const remembered = new RememberedAnswers<number>(2);
  const { ask, given } = asked(1, 2, 3, 4);
  await remembered.recall('a', ask);
  await remembered.recall('b', ask);
  await remembered.recall('a', ask);
  await remembered.recall('c', ask);
  expect(['a', 'b', 'c'].map((key) => remembered.knows(key))).toEqual([true, false, true]);
  expect(await remembered.recall('b', ask)).toBe(4);
  expect(given).toEqual([1, 2, 3, 4]);
});

test('a late failure does not drop a newer answer', async () => {
  const remembered = new RememberedAnswers<number>(1);
  let lose: (error: Error) => void = () => undefined;
  const losing = remembered.recall('a', () => new Promise((_, reject) => (lose = reject)));
  await remembered.recall('b', async () => 2);
  await remembered.recall('a', async () => 3);
  lose(new EngineError('crash', 'gone'));
  await expect(losing).rejects.toThrow('gone');
  expect(await remembered.recall('a', async () => 4)).toBe(3);
});
