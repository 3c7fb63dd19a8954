import { cp, mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { modelDigestOf } from './digest.js';

let temporary = '';
let folder = '';
let before = '';

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'assay-digest-'));
});

beforeEach(async () => {
  folder = await mkdtemp(join(temporary, 'model-'));
  await mkdir(join(folder, 'variables'));
  await writeFile(join(folder, 'saved_model.pb'), 'graph');
  await writeFile(join(folder, 'variables/variables.index'), 'index');
  before = await modelDigestOf(folder);
});

afterAll(() => rm(temporary, { recursive: true }));

test('is what sha256sum gives over its own sorted lines', () => {
  expect(before).toBe('sha256:4e9e3b918932e462f0ead974c594592f819307699bd65d7e3f013194e8e8e1d3');
});

test('stays the same in a copy made in another order, with other times', async () => {
  const copy = await mkdtemp(join(temporary, 'copy-'));
  await cp(join(folder, 'variables'), join(copy, 'variables'), { recursive: true });
  await cp(join(folder, 'saved_model.pb'), join(copy, 'saved_model.pb'));
  await utimes(join(copy, 'saved_model.pb'), 1, 1);
  expect(await modelDigestOf(copy)).toBe(before);
});

test.each<readonly [string, () => Promise<unknown>]>([
  ['a byte', () => writeFile(join(folder, 'saved_model.pb'), 'Graph')],
  ['a name', () => rename(join(folder, 'saved_model.pb'), join(folder, 'saved_model.pb2'))],
  ['a place', () => rename(join(folder, 'saved_model.pb'), join(folder, 'variables/saved_model.pb'))],
  ['one more file, empty', () => writeFile(join(folder, 'fingerprint.pb'), '')],
  ['one file less', () => rm(join(folder, 'variables/variables.index'))],
])('changes with %s', async (_, change) => {
  await change();
  expect(await modelDigestOf(folder)).not.toBe(before);
});

test('takes a link inside the folder for what it leads to', async () => {
  await rename(join(folder, 'variables'), join(folder, 'weights'));
  await symlink('weights', join(folder, 'variables'));
  const linked = await modelDigestOf(folder);
  await rm(join(folder, 'variables'));
  await cp(join(folder, 'weights'), join(folder, 'variables'), { recursive: true });
  expect(await modelDigestOf(folder)).toBe(linked);
});

test.each([
  ['..', '.'],
  ['nothing', 'nowhere'],
])('tells a link to %s from one to %s', async (one, other) => {
  await symlink(one, join(folder, 'variables/link'));
  const first = await modelDigestOf(folder);
  await rm(join(folder, 'variables/link'));
  await symlink(other, join(folder, 'variables/link'));
  expect(await modelDigestOf(folder)).not.toBe(first);
});

test.each(['file', 'folder'])('refuses a %s with a line break in its name', async (kind) => {
  const odd = join(folder, `a\nb`);
  await (kind === 'file' ? writeFile(odd, '') : mkdir(odd));
  await expect(modelDigestOf(folder)).rejects.toThrow('"a\\nb" has a line break in its name.');
});

test('does not follow a link out of the folder, in a circle, or to nothing', async () => {
  const secret = join(temporary, 'secret');
  await writeFile(secret, 'one');
  await symlink(secret, join(folder, 'out'));
  await symlink('.', join(folder, 'circle'));
  await symlink('nothing', join(folder, 'nowhere'));
  const linked = await modelDigestOf(folder);
  expect(linked).not.toBe(before);
  await writeFile(secret, 'two');
  expect(await modelDigestOf(folder)).toBe(linked);
});
