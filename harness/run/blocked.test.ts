import { describe, expect, test } from 'vitest';
import { fakeContract } from '../contract/testing/fake-contract.js';
import { UnsafeArchive } from '../savedmodel/obtain/refusals.js';
import { NotASavedModel, UnsupportedFormat } from '../savedmodel/refusal.js';
import { Answers } from './answers.js';
import { blocked } from './blocked.js';
import { reading } from './testing/fake-checks.js';

const first = reading('a/first');
const root = reading('a/root', { answersFor: ['not-a-saved-model'] });
const paths = reading('a/paths', { answersFor: ['unsafe-archive'] });
const checks = [first, root, paths];

/** Status of each check, and the one that it points to. */
function told(error: unknown, { asked = checks, waived = [] as readonly string[] } = {}) {
  const contract = fakeContract({ waivers: waived.map((check) => ({ check, reason: 'known' })) });
  const answers = new Answers(contract, { checks, asked, seed: 1, today: '2027-01-01' });
  return asked.map((check) => {
    const { status, answeredBy } = blocked(check, contract, error, answers);
    return answeredBy === undefined ? status : `${status}, see ${answeredBy}`;
  });
}

describe('a model that could not be read is reported once', () => {
  test.each<readonly [string, unknown, readonly string[]]>([
    ['no SavedModel', new NotASavedModel('No.', ''), ['skip, see a/root', 'fail', 'skip, see a/root']],
    [
      'an archive that leaves its folder',
      new UnsafeArchive('m.tar.gz', '../x', 'lies outside'),
      ['skip, see a/paths', 'skip, see a/paths', 'fail'],
    ],
    ['text', new UnsupportedFormat('No.', ''), ['error', 'skip, see a/first', 'skip, see a/first']],
    ['no connection', new Error('No.'), ['error', 'skip, see a/first', 'skip, see a/first']],
  ])('%s', (_, error, expected) => {
    expect(told(error)).toEqual(expected);
  });

  test('as an error where the check that answers for it is not asked', () => {
    expect(told(new NotASavedModel('No.', ''), { asked: [first, paths] })).toEqual([
      'error',
      'skip, see a/first',
    ]);
  });

  test('and as an error, too, where that check is waived', () => {
    expect(told(new NotASavedModel('No.', ''), { waived: ['a/root'] })).toEqual([
      'error',
      'fail',
      'skip, see a/first',
    ]);
  });
});

test('the reason says what to do', () => {
  const answers = new Answers(fakeContract(), { checks, asked: checks, seed: 1, today: '2027-01-01' });
  const error = new UnsupportedFormat('It is text.', 'Convert it.');
  expect(blocked(first, fakeContract(), error, answers).reason).toBe('It is text. Convert it.');
});
