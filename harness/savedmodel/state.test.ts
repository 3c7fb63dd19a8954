import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
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
});

afterEach(() => rmSync(folder, { recursive: true }));

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
  ['one is added', () => linkSync(at('saved_model.pb'), at('assets/words/more.txt'))],
])('is another one once %s', async (_, change) => {
  const before = await modelStateOf(folder);
  expect(await modelStateOf(folder)).toBe(before);
  await new Promise((resolve) => setTimeout(resolve, 20));
  change();
  expect(await modelStateOf(folder)).not.toBe(before);
});
