import { describe, expect, test } from 'vitest';
import type { Property } from '../check/check.js';
import { Violation } from '../check/violation.js';
import { fakeContract } from '../contract/testing/fake-contract.js';
import { CallFailed, EngineError } from '../engine/process/failures.js';
import type { FakeBehavior } from '../engine/testing/fake-behavior.js';
import { fakeSubject } from '../engine/testing/fake-subject.js';
import type { Batch } from '../verdict/batch.js';
import { tryProperty } from './property.js';
import { fakeAnswers } from './testing/fake-answers.js';
import { property } from './testing/fake-checks.js';

const contract = fakeContract();
const odd = { where: 'height', expected: 'an even number', actual: 'an odd one' };

/** What comes of a property whose cases go so; time is up for random ones after `randomMs`. */
function tried(
  holds: Property['holds'],
  { call, randomMs = 10_000 }: FakeBehavior & { readonly randomMs?: number } = {},
) {
  const check = property('a/property', { holds });
  const subject = fakeSubject({ contract, ...(call ? { call } : {}) });
  const randomUntil = performance.now() + randomMs;
  return tryProperty(check, subject, contract, { seed: 1, randomUntil, answers: fakeAnswers() });
}

const calling: Property['holds'] = async (subject, batch) => {
  await subject.call(batch);
};
const evenHeights: Property['holds'] = async (_, { height }) => {
  if (height % 2 === 1) throw new Violation(odd);
};
const lost = () => new EngineError('crash', 'The process ended.');
const refusing = (fails: (batch: Batch) => boolean): NonNullable<FakeBehavior['call']> => {
  return (images, _, { sound }) => {
    if (fails(images as Batch)) throw new CallFailed('no');
    return sound;
  };
};

test('a property that holds in all cases passes', async () => {
  const passed = await tried(calling);
  expect(passed).toMatchObject({ status: 'pass', summary: expect.stringContaining('10 at random: all run') });
});

test('a failure is shrunk to the smallest batch', async () => {
  expect(await tried(evenHeights)).toMatchObject({
    status: 'fail',
    finding: { ...odd, batch: { height: 9, width: 8, count: 1 } },
  });
});

test('a call that fails breaks the promise', async () => {
  expect(await tried(calling, { call: refusing(({ count }) => count > 4) })).toMatchObject({
    status: 'fail',
    finding: { where: 'call', expected: 'an output', actual: 'no', batch: { count: 5 } },
  });
});

describe('when the engine is lost', () => {
  test('before anything was found, it could not be decided', async () => {
    const outcome = await tried(async () => {
      throw lost();
    });
    expect(outcome).toMatchObject({ status: 'error', reason: expect.stringContaining('The process ended.') });
  });

  test('after a violation, that one stays, though it is not made smaller', async () => {
    let found = false;
    const outcome = await tried(async (_, batch) => {
      if (found) throw lost();
      if (batch.height < 11) return;
      found = true;
      throw new Violation(odd);
    });
    expect(outcome).toMatchObject({ status: 'fail', finding: { ...odd, shrunk: 0 } });
  });

  test('and a bug is no verdict, but hides none either', async () => {
    const bug = new TypeError('x is undefined');
    await expect(
      tried(async () => {
        throw bug;
      }),
    ).rejects.toThrow(bug);
    let found = false;
    const outcome = await tried(async () => {
      if (found) throw bug;
      found = true;
      throw new Violation(odd);
    });
    expect(outcome).toMatchObject({ status: 'fail', finding: odd });
  });
});

test('too little time for the corners could not decide', async () => {
  let cases = 0;
  const outcome = await tried(async () => {
    cases += 1;
    if (cases > 3) throw new EngineError('deadline', 'The time was up.');
  });
  expect(outcome).toMatchObject({ status: 'error', cases: 3 });
});

test('random cases stop when their time is over, corners do not', async () => {
  const passed = await tried(calling, { randomMs: -1 });
  expect(passed).toMatchObject({ status: 'pass' });
  expect(passed).not.toMatchObject({ summary: expect.stringContaining('random') });
});
