import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { attestedDigestsOf } from './attested-digests.js';
import { modelDigestOf } from './digest.js';

const temporary = mkdtempSync(path.join(tmpdir(), 'assay-attested-'));
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(temporary, 'model-'));
  // In the order of names, of their parts, and of UTF-16, these differ.
  for (const name of [
    'a/b',
    'a.b',
    'a-b',
    'A b',
    'é',
    '𝒳',
    'ｆ',
    '.gitignore',
    '.git/HEAD',
    'sub/.gitignore',
  ])
    write(name, name);
});

afterAll(() => rmSync(temporary, { recursive: true }));

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

const digests = (allowSymlinks = false) => attestedDigestsOf(folder, { allowSymlinks });

test('the root digest is the one that model_signing 1.1.1 gives', async () => {
  expect((await digests()).sha256).toBe('99be8ab200fbcc8403e4a0c38c4f0dd52f0f027156989e453ed8278e76b06e63');
});

test('dirHash is what the command of in-toto prints, and the digest of a run', async () => {
  const command =
    "find . -type f | cut -c3- | LC_ALL=C sort | xargs -rd '\\n' sha256sum | sha256sum | cut -f1 -d' '";
  const { stdout } = spawnSync('bash', ['-c', command], { cwd: folder, encoding: 'utf8' });
  const { dirHash } = await digests();
  expect(dirHash).toBe(stdout.trim());
  expect(`sha256:${dirHash}`).toBe(await modelDigestOf(folder));
});

test.each([
  ['.gitignore', 'another'],
  ['.git/HEAD', 'another'],
  ['.github/workflow.yml', 'one more'],
])('%s, which model-signing ignores, changes dirHash only', async (name, text) => {
  const before = await digests();
  write(name, text);
  const now = await digests();
  expect(now.sha256).toBe(before.sha256);
  expect(now.dirHash).not.toBe(before.dirHash);
});

test.each(['a/b', 'sub/.gitignore'])('a byte of %s changes both', async (name) => {
  const before = await digests();
  write(name, 'x');
  const now = await digests();
  expect(now.sha256).not.toBe(before.sha256);
  expect(now.dirHash).not.toBe(before.dirHash);
});

test('a link is refused, or is the file inside that it leads to', async () => {
  symlinkSync('a.b', path.join(folder, 'link'));
  await expect(digests()).rejects.toThrow('link is a symbolic link, which model-signing refuses.');
  const linked = await digests(true);
  rmSync(path.join(folder, 'link'));
  write('link', 'a.b');
  expect(await digests()).toEqual(linked);
});

test.each([
  ['a folder', 'a'],
  ['a file outside', '/etc/hostname'],
  ['nothing', 'nowhere'],
  ['the folder that it is in', '.'],
])('a link to %s is refused in any case', async (_, target) => {
  symlinkSync(target, path.join(folder, 'link'));
  await expect(digests(true)).rejects.toThrow('The link link does not lead to a file inside the model.');
});

test('a name with a line break is refused, as dirHash has none for it', async () => {
  write('a\nb', '');
  await expect(digests()).rejects.toThrow('line break');
});
