import { describe, expect, test } from 'vitest';
import type { Cause } from '../check/cause.js';
import type { Check } from '../check/check.js';
import { LeftOut, Violation } from '../check/violation.js';
import { type FakeSpec, fakeContract } from '../contract/testing/fake-contract.js';
import { CallFailed, EngineError } from '../engine/process/failures.js';
import { fakeSubject } from '../engine/testing/fake-subject.js';
import { fakeModel } from '../savedmodel/testing/fake-model.js';
import { decide } from './decide.js';
import { ModelTime } from './model-time.js';
import { fakeAnswers, type Reported } from './testing/fake-answers.js';
import { measurement, reading } from './testing/fake-checks.js';

type Options = {
  readonly spec?: FakeSpec;
  readonly unsafe?: Cause;
  readonly reported?: Reported;
  /** Why no other check's answer counts. */
  readonly silence?: string;
};

/** The result of a check on a sound model, and whether the model was started for it. */
async function decided(check: Check, { spec, unsafe, reported, silence }: Options = {}) {
  const contract = fakeContract(spec);
  let started = false;
  const subject = async () => {
    started = true;
    return fakeSubject({ contract });
  };
  const answers = { ...fakeAnswers(reported), silenceOf: () => silence };
  const result = await decide(check, {
    contract,
    model: fakeModel(),
    subject,
    seed: 1,
    time: new ModelTime(contract.limits),
    unsafe,
    answers,
  });
  return { ...result, started };
}

const finding = { where: 'x', expected: '1', actual: '2' };
const why = { kind: 'wrong-shape', of: 'f', text: 'The output has shape [3]' } as const;
const raising = (error: Error) =>
  measurement('a/b', {
    measure: async () => {
      throw error;
    },
  });

describe('what a measurement throws', () => {
  test.each<readonly [string, Error, object]>([
    ['a violation is a failure', new Violation(finding), { status: 'fail', finding }],
    ['a call that fails, too', new CallFailed('no'), { status: 'fail', finding: { actual: 'no' } }],
    ['a lost engine could not decide', new EngineError('crash', 'Gone.'), { status: 'error' }],
    ['neither could a bug', new TypeError('x'), { status: 'error', reason: /The check itself failed: x/ }],
    ['what is left out to nobody', new LeftOut(why), { status: 'error', reason: `${why.text}.` }],
    [
      'nor where it would be a failure',
      new LeftOut(why, new Violation(finding)),
      { status: 'fail', finding },
    ],
  ])('%s', async (_, error, expected) => {
    const { reason, ...result } = await decided(raising(error));
    const { reason: wanted = /./, ...rest } = expected as { reason?: string | RegExp };
    expect(result).toMatchObject(rest);
    if (result.status === 'error') expect(reason).toMatch(wanted);
  });

  test('is left to the check that has failed over it', async () => {
    const result = await decided(raising(new LeftOut(why)), { reported: { 'wrong-shape': 'a/shape' } });
    expect(result).toMatchObject({
      status: 'skip',
      reason: 'The output has shape [3]; see a/shape.',
      answeredBy: 'a/shape',
    });
  });
});

test('what another method decides stays decided where its answer counts', async () => {
  const reason = 'The graph decides; see a/graph.';
  const check = reading('a/b', { read: () => ({ status: 'skip', reason, decidedBy: 'a/graph' }) });
  expect(await decided(check)).toMatchObject({ status: 'skip', reason, decidedBy: 'a/graph' });
  const unheard = await decided(check, { silence: 'is waived' });
  expect(unheard).toMatchObject({ status: 'error', reason: `${reason} But a/graph is waived.` });
  expect(unheard).not.toHaveProperty('decidedBy');
});

test('a check in JavaScript that returns no conclusion is inconclusive', async () => {
  const check = measurement('a/b', { measure: async () => JSON.parse('{ "status": "passed" }') });
  const { status, reason } = await decided(check);
  expect([status, reason]).toEqual([
    'error',
    expect.stringContaining('The check itself failed: `status` must be'),
  ]);
});

describe('the model is not started', () => {
  test('for a check that reads', async () => {
    expect(await decided(reading('a/b'))).toMatchObject({ status: 'pass', started: false });
  });

  test('for one that does not apply', async () => {
    const applies = () => 'The spec declares nothing.';
    const result = await decided(measurement('a/b', { applies }));
    expect(result).toMatchObject({ status: 'skip', reason: 'The spec declares nothing.', started: false });
    expect(result).not.toHaveProperty('answeredBy');
  });

  test('where the files show that the check fails', async () => {
    const fromFiles = () => ({ status: 'fail', finding }) as const;
    expect(await decided(measurement('a/b', { fromFiles }))).toMatchObject({
      status: 'fail',
      finding,
      started: false,
    });
  });

  test('where it has no such endpoint', async () => {
    const spec = { endpoint: 'embed' };
    const told = await decided(measurement('a/b'), { spec, reported: { 'no-endpoint': 'a/root' } });
    expect(told).toMatchObject({ status: 'skip', answeredBy: 'a/root', started: false });
    expect(await decided(measurement('a/b'), { spec })).toMatchObject({ status: 'error', started: false });
  });

  test('where it is unsafe', async () => {
    const unsafe: Cause = { kind: 'unsafe', of: '', text: 'The model fails a/safe' };
    const told = await decided(measurement('a/b'), { unsafe, reported: { unsafe: 'a/safe' } });
    expect(told).toMatchObject({ status: 'skip', answeredBy: 'a/safe', started: false });
    const untold = await decided(measurement('a/b'), { unsafe });
    expect(untold).toMatchObject({ status: 'error', started: false });
    expect(untold.reason).toContain('a/safe');
  });
});

test('a measurement can leave out a call and go on', async () => {
  const answering = async (reported: Reported) => {
    const asked: (string | undefined)[] = [];
    const check = measurement('a/b', {
      measure: async (_subject, _contract, _seed, excuses) => {
        asked.push(await excuses.answering(new LeftOut(why)));
        return { status: 'pass', summary: 'fine' };
      },
    });
    return { ...(await decided(check, { reported })), asked };
  };
  expect(await answering({ 'wrong-shape': 'a/shape' })).toMatchObject({
    asked: ['a/shape'],
    summary: 'fine; 1 left to a/shape',
    evidence: { leftTo: { 'a/shape': 1 } },
  });
  expect(await answering({})).toMatchObject({ asked: [undefined], summary: 'fine' });
});
