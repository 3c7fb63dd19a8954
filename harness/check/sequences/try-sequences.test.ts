import { expect, test } from 'vitest';
import { fakeContract } from '../../contract/testing/fake-contract.js';
import { spaceOf } from '../../images/space.js';
import { nothingSet, type Step } from './step.js';
import { trySequences } from './try-sequences.js';

const step: Step = {
  batch: { count: 1, height: 32, width: 32, pattern: 'noise', seed: 1 },
  training: true,
  setting: nothingSet,
};

const trial = {
  space: spaceOf(fakeContract({})),
  settings: [nothingSet],
  corners: [[step]],
  seed: 1,
  random: 2,
  until: Number.POSITIVE_INFINITY,
  excuses: { answering: async () => undefined },
  expect: async () => undefined,
  holds: async () => undefined,
};

test('where the time is over before the first sequence, it is said that none was tried', async () => {
  expect(await trySequences({ ...trial, until: 0 })).toMatchObject({
    status: 'error',
    reason: expect.stringContaining('Only 0 of the 1 sequences of calls could be tried in the time'),
  });
});

test('what stops the first sequence is thrown on', async () => {
  const holds = async () => {
    throw new Error('out of memory');
  };
  await expect(trySequences({ ...trial, holds })).rejects.toThrow('out of memory');
});
