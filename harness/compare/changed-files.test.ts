import { expect, test } from 'vitest';
import { UserError } from '../verdict/user-error.js';
import { changedFiles } from './changed-files.js';

const { signal } = new AbortController();
const session = (now: string, changes = false) => ({
  digestAndCallTime: async () => ({ digest: now, callMs: 0 }),
  expectUnchanged: async () => {
    if (changes) throw new UserError('They changed meanwhile.', '');
  },
});

test.each<[string, string, string, boolean, RegExp[]]>([
  ['the same as were checked', 'sha256:1', 'sha256:1', false, []],
  ['others than were checked', 'sha256:1', 'sha256:2', false, [/changed after it was checked/]],
  ['changed while they were called', 'sha256:1', 'sha256:1', true, [/They changed meanwhile/]],
  ['unreadable, as when they were checked', '', '', false, []],
])('files that are %s', async (_, before, now, changes, why) => {
  const models = [{ session: session(now, changes), digest: before }];
  expect(await changedFiles(models, signal)).toEqual(why.map((one) => expect.stringMatching(one)));
});
