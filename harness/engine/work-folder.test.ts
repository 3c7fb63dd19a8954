import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makeWorkFolder, removeWorkFolder } from './work-folder.js';

const here = mkdtempSync(path.join(tmpdir(), 'work-folder-'));

beforeAll(() => void vi.stubEnv('TMPDIR', here));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(here, { recursive: true });
});

test('removes the folders of runs that are gone, and no other', () => {
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  const left = [
    `assay-${gone}-aBc123`,
    `assay-${process.pid}-aBc123`,
    `assay-${gone}-notours-x`,
    'assay-kept',
  ];
  for (const name of left) mkdirSync(path.join(here, name, 'lowered-x'), { recursive: true });
  const made = makeWorkFolder();
  expect(path.basename(made)).toMatch(new RegExp(`^assay-${process.pid}-`));
  expect(left.map((name) => existsSync(path.join(here, name)))).toEqual([false, true, true, true]);
  expect(makeWorkFolder()).not.toBe(made);
});

test('a folder that cannot be removed costs a run neither its results nor its exit code', () => {
  const file = path.join(here, 'file');
  writeFileSync(file, '');
  expect(() => rmSync(path.join(file, 'folder'), { recursive: true, force: true })).toThrow('ENOTDIR');
  expect(() => removeWorkFolder(path.join(file, 'folder'))).not.toThrow();
  const made = makeWorkFolder();
  removeWorkFolder(made);
  expect(existsSync(made)).toBe(false);
});
