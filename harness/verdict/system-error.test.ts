import { statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { isSystemError, unlessSystemError } from './system-error.js';

test.each(['/there/is/no/such/file', `${import.meta.filename}/below-a-file`, 'a\0path'])(
  '%j is not there, which is no bug',
  async (path) => {
    expect(await stat(path).catch(unlessSystemError)).toBeUndefined();
  },
);

test('a folder read as a file is one, too', async () => {
  const failure = await readFile('/').catch((error: unknown) => error);
  expect(isSystemError(failure)).toBe(true);
});

test.each([
  ['a wrong type', () => statSync(3 as never)],
  ['what is not there in JavaScript', () => (undefined as never as { length: number }).length],
  ['an error of our own', () => raise(new Error('no code'))],
  ['what is no error', () => raise('text')],
])('%s is a bug', async (_, wrong) => {
  const failing = (async () => wrong())();
  await expect(failing.catch(unlessSystemError)).rejects.toBeDefined();
});

function raise(error: unknown): never {
  throw error;
}
