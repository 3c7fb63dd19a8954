import { describe, expect, test } from 'vitest';
import type { Check, Property } from '../check/check.js';
import { LeftOut, Violation } from '../check/violation.js';
import { fakeContract } from '../contract/testing/fake-contract.js';
import { CallFailed } from '../engine/process/failures.js';
import type { FakeBehavior } from '../engine/testing/fake-behavior.js';
import { fakeSubject } from '../engine/testing/fake-subject.js';
import type { Batch } from '../verdict/batch.js';
import { tryProperty } from './property.js';
import { fakeAnswers, type Reported } from './testing/fake-answers.js';
import { property } from './testing/fake-checks.js';

const contract = fakeContract();
const odd = { where: 'height', expected: 'an even number', actual: 'an odd one' };

/** What comes of a property whose cases go so. */
function tried(
  holds: Property['holds'],
  { call, reported, ...rest }: Partial<Check & Property> & FakeBehavior & Options = {},
) {
  const check = property('a/property', { ...rest, holds });
  const subject = fakeSubject({ contract, ...(call ? { call } : {}) });
  const randomUntil = performance.now() + 10_000;
  return tryProperty(check, subject, contract, { seed: 1, randomUntil, answers: fakeAnswers(reported) });
}

type Options = { readonly reported?: Reported };

const calling: Property['holds'] = async (subject, batch) => {
  await subject.call(batch);
};
const refusing = (fails: (batch: Batch) => boolean): NonNullable<FakeBehavior['call']> => {
  return (images, _, { sound }) => {
    if (fails(images as Batch)) throw new CallFailed('no');
    return sound;
  };
};

describe('a case that another check answers for', () => {
  const call = refusing(({ height }) => height > 10);

  test('is left to it by name, where it has failed over that', async () => {
    const outcome = await tried(calling, { call, reported: { 'size-failed': 'a/size' } });
    expect(outcome).toMatchObject({ status: 'pass', summary: expect.stringMatching(/ left to a\/size/) });
    expect(outcome).toMatchObject({ evidence: { leftTo: { 'a/size': expect.any(Number) } } });
  });

  test('breaks the promise, where none has', async () => {
    expect(await tried(calling, { call, reported: { 'batch-failed': 'a/batch' } })).toMatchObject({
      status: 'fail',
      finding: { where: 'call', batch: { height: 11 } },
    });
  });

  test('is no reason to look away from the others', async () => {
    const holds: Property['holds'] = async (subject, batch) => {
      await subject.call(batch);
      if (batch.height === 9) throw new Violation(odd);
    };
    expect(await tried(holds, { call, reported: { 'size-failed': 'a/size' } })).toMatchObject({
      status: 'fail',
      finding: { ...odd, batch: { height: 9 } },
    });
  });

  test('leaves the whole check to it, where there is no other case', async () => {
    expect(
      await tried(calling, { call: refusing(() => true), reported: { 'size-failed': 'a/size' } }),
    ).toEqual({ status: 'skip', reason: 'The call fails at 8×8; see a/size.', answeredBy: 'a/size' });
  });
});

describe('a case that cannot be judged', () => {
  const why = { kind: 'wrong-shape', of: 'f', text: 'The output has shape [3]' } as const;
  const unlessSmall =
    (error: Error): Property['holds'] =>
    async (_, { height }) => {
      if (height > 10) throw error;
    };

  test('is left to the check that has failed over it', async () => {
    const reported = { 'wrong-shape': 'a/shape' };
    expect(await tried(unlessSmall(new LeftOut(why)), { reported })).toMatchObject({ status: 'pass' });
  });

  test('is an error where none has', async () => {
    expect(await tried(unlessSmall(new LeftOut(why)))).toMatchObject({
      status: 'error',
      reason: 'The output has shape [3].',
    });
  });

  test('is a violation where it is one in itself', async () => {
    expect(await tried(unlessSmall(new LeftOut(why, new Violation(odd))))).toMatchObject({
      status: 'fail',
      finding: { ...odd, batch: { height: 11 } },
    });
  });

  test('hides no violation', async () => {
    const holds: Property['holds'] = async (_, { height, count }) => {
      if (count > 2) throw new LeftOut(why);
      if (height > 10) throw new Violation(odd);
    };
    expect(await tried(holds)).toMatchObject({ status: 'fail', finding: odd });
  });
});

describe('a failure tells what it explains', () => {
  const functionName = '__inference_call_0';

  test('of a call: why it failed', async () => {
    const call = refusing(({ height }) => height > 10);
    const outcome = await tried(calling, { call, answersFor: ['size-failed'] });
    const explained =
      outcome.status === 'fail' ? outcome.explains?.map(({ kind, of }) => ({ kind, of })) : [];
    expect(new Set(explained?.map((one) => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify({ kind: 'size-failed', of: functionName })]),
    );
  });

  test('of an output: what the check answers for, of the concrete functions that it calls', async () => {
    const answersFor = ['wrong-shape', 'not-finite'] as const;
    const explained = async (violation: Violation) => {
      const holds = async () => {
        throw violation;
      };
      const outcome = await tried(holds, { answersFor });
      return outcome.status === 'fail' && new Set(outcome.explains?.map(({ kind, of }) => `${kind} ${of}`));
    };
    expect(await explained(new Violation(odd))).toEqual(
      new Set([`wrong-shape ${functionName}`, `not-finite ${functionName}`]),
    );
    expect(await explained(new Violation(odd, { shows: ['not-finite'] }))).toEqual(
      new Set([`not-finite ${functionName}`]),
    );
  });

  test('and nothing that it does not answer for', async () => {
    const call = refusing(({ height }) => height > 10);
    expect(await tried(calling, { call })).toMatchObject({ status: 'fail', explains: [] });
  });
});
