import { describe, expect, test } from 'vitest';
import type { Cause } from '../check/cause.js';
import type { Check, Failure } from '../check/check.js';
import { LeftOut } from '../check/violation.js';
import { type FakeSpec, fakeContract } from '../contract/testing/fake-contract.js';
import { fakeModel } from '../savedmodel/testing/fake-model.js';
import { Answers } from './answers.js';
import { measurement, property, reading } from './testing/fake-checks.js';

const model = fakeModel();
const cause: Cause = {
  kind: 'training-refused',
  of: 'training',
  text: 'The call with training=True is refused',
};
const failure: Failure = {
  status: 'fail',
  finding: { where: 'call', expected: 'an output', actual: 'none' },
  explains: [cause],
};
const flag = measurement('a/flag', { answersFor: ['training-refused'] });
const other = measurement('a/other');

function answersOf(asked: readonly Check[], spec: FakeSpec = {}): Answers {
  const checks = [flag, other, ...asked];
  return new Answers(fakeContract(spec), { checks, asked, seed: 1, today: '2027-01-01' });
}

describe('a check answers for a cause', () => {
  test('once it has failed over that very thing, and not before', () => {
    const answers = answersOf([flag]);
    expect(answers.to(cause, other, model)).toBeUndefined();
    answers.decided(flag, failure);
    expect(answers.to(cause, other, model)).toBe('a/flag');
  });

  test('and for nothing else of the kind', () => {
    const answers = answersOf([flag]);
    answers.decided(flag, failure);
    expect(answers.to({ ...cause, of: 'mask' }, other, model)).toBeUndefined();
    expect(answers.to({ ...cause, kind: 'training-failed' }, other, model)).toBeUndefined();
  });

  test('from the beginning, where the files show that it fails', () => {
    const fromFiles = measurement('a/files', { answersFor: ['training-refused'], fromFiles: () => failure });
    const read = reading('a/read', { answersFor: ['training-refused'], read: () => failure });
    expect(answersOf([fromFiles]).to(cause, other, model)).toBe('a/files');
    expect(answersOf([read]).to(cause, other, model)).toBe('a/read');
  });

  test('before it is tried, where its cases hold a size at which no number of images runs', () => {
    const size = property('a/size', { answersFor: ['size-failed'] });
    const failed: Cause = { kind: 'size-failed', of: 'f', at: { height: 8, width: 8 }, text: 'It fails' };
    const answers = answersOf([size]);
    expect(answers.to(failed, other, model)).toBe('a/size');
    expect(answers.to(failed, size, model)).toBeUndefined();
    expect(answers.to({ ...failed, at: { height: 8, width: 11 } }, other, model)).toBeUndefined();
    answers.decided(size, undefined);
    expect(answers.to(failed, other, model)).toBeUndefined();
  });
});

describe('a check answers for nothing', () => {
  test.each<readonly [string, Check, FakeSpec, string]>([
    [
      'that is waived',
      flag,
      { waivers: [{ check: 'a/flag', reason: 'known' }] },
      'That is for a/flag to tell, which is waived.',
    ],
    [
      'that is waived as flaky',
      flag,
      { waivers: [{ check: 'a/flag', reason: 'known', flaky: true }] },
      'which is waived.',
    ],
    ['that is a SHOULD', { ...flag, level: 'should' }, {}, 'which did not fail over it.'],
    ['that was not asked', other, {}, 'That is for a/flag to tell, which was not asked.'],
  ])('%s', (_, asked, spec, why) => {
    const answers = answersOf([asked], spec);
    answers.decided({ ...flag, level: asked.level }, failure);
    expect(answers.to(cause, other, model)).toBeUndefined();
    expect(answers.reasonFor(cause)).toContain(why);
  });

  test('that does not apply', () => {
    const applies = () => 'The spec declares no such thing.';
    const answers = answersOf([{ ...flag, applies, fromFiles: () => failure }]);
    expect(answers.to(cause, other, model)).toBeUndefined();
  });

  test('unless its waiver has expired', () => {
    const waivers = [{ check: 'a/flag', reason: 'known', expires: '2026-12-31' }];
    const answers = answersOf([flag], { waivers });
    answers.decided(flag, failure);
    expect(answers.to(cause, other, model)).toBe('a/flag');
  });
});

test('another method counts where it was asked and is not waived, or a SHOULD asks', () => {
  const waivers = [{ check: 'a/flag', reason: 'known' }];
  expect(answersOf([flag]).silenceOf('a/flag', other)).toBeUndefined();
  expect(answersOf([other]).silenceOf('a/flag', other)).toBe('was not asked');
  expect(answersOf([flag], { waivers }).silenceOf('a/flag', other)).toBe('is waived');
  expect(answersOf([flag], { waivers }).silenceOf('a/flag', { ...other, level: 'should' })).toBeUndefined();
});

test('what a check throws that is asked ahead of its turn is its own matter', () => {
  const read = () => {
    throw new LeftOut(cause);
  };
  expect(
    answersOf([reading('a/read', { answersFor: ['training-refused'], read })]).to(cause, other, model),
  ).toBe(undefined);
});

test('what no check answers for is reported once', () => {
  const answers = answersOf([other]);
  answers.undecided(other, cause);
  expect(answers.to(cause, other, model)).toBe('a/other');
  expect(answers.to({ ...cause, of: 'mask' }, other, model)).toBeUndefined();
});

test('of a model that cannot be read, the check that answers for that is sure to say so', () => {
  const root = reading('a/root', { answersFor: ['not-a-saved-model'] });
  const unread: Cause = { kind: 'not-a-saved-model', of: '', text: 'The model could not be read' };
  expect(answersOf([root]).to(unread, other, undefined)).toBe('a/root');
  expect(answersOf([other]).to(unread, other, undefined)).toBeUndefined();
});
