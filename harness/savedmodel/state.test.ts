import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { modelStateOf } from './state.js';

let folder = '';
const at = (name: string) => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-state-'));
  mkdirSync(at('assets/words'), { recursive: true });
  for (const name of ['saved_model.pb', 'assets/words/list.txt']) writeFileSync(at(name), 'one');
  linked('assets/link', 'assets/words');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function linked(name: string, to: string): void {
  rmSync(at(name), { force: true });
  symlinkSync(at(to), at(name));
}

/** In place, with the size and the time that it had. */
function overwritten(name: string): void {
  const { atime, mtime } = statSync(at(name));
  writeFileSync(at(name), 'two');
  utimesSync(at(name), atime, mtime);
}

test.each<readonly [string, () => void]>([
  ['a file deep inside is written', () => writeFileSync(at('assets/words/list.txt'), 'other')],
  ['one is written and its time put back', () => overwritten('assets/words/list.txt')],
  ['one is moved', () => renameSync(at('saved_model.pb'), at('assets/saved_model.pb'))],
  ['one is removed', () => rmSync(at('assets/words/list.txt'))],
  ['all is removed', () => rmSync(at('.'), { recursive: true })],
  ['one is added', () => linkSync(at('saved_model.pb'), at('assets/words/more.txt'))],
  ['a link leads elsewhere', () => linked('assets/link', 'saved_model.pb')],
])('is another one once %s', async (_, change) => {
  const before = await modelStateOf(folder);
  expect(await modelStateOf(folder)).toEqual(before);
  await new Promise((resolve) => setTimeout(resolve, 20));
  change();
  expect(await modelStateOf(folder)).not.toEqual(before);
});

test('of another hard link to a file, only entries tell', async () => {
  const before = await modelStateOf(folder);
  await new Promise((resolve) => setTimeout(resolve, 20));
  linkSync(at('saved_model.pb'), `${folder}-link`);
  const after = await modelStateOf(folder);
  rmSync(`${folder}-link`);
  expect(after.files).toBe(before.files);
  expect(after.entries).not.toBe(before.entries);
});

test('links in circles, and out, are not followed', async () => {
  for (const name of ['one', 'two', 'assets/up', 'assets/words/up']) linked(name, '.');
  linked('out', '../..');
  mkdirSync(at('side'));
  linked('assets/side', 'side');
  linked('side/assets', 'assets');
  expect((await modelStateOf(folder)).files.length).toBeLessThan(10_000);
});
