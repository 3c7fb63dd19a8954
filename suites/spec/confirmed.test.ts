import { expect, test } from 'vitest';
import { fakeContract } from '../../harness/contract/testing/fake-contract.js';
import { fakeModel } from '../../harness/savedmodel/testing/fake-model.js';
import { confirmed } from './confirmed.js';

const marked = [
  { line: 5, text: 'num_features: 4 # confirm: seen' },
  { line: 7, text: '# confirm with the team' },
];

test('names each marked value and its line', () => {
  expect(confirmed.read(fakeModel(), fakeContract())).toMatchObject({ status: 'pass' });
  expect(confirmed.read(fakeModel(), { ...fakeContract(), unconfirmed: marked })).toMatchObject({
    status: 'fail',
    finding: { actual: '2 lines marked `confirm`: num_features: 4 (line 5), a comment (line 7)' },
  });
});
