import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readRegularFile } from './regular-file.js';

const folder = mkdtempSync(path.join(tmpdir(), 'regular-file-'));
const at = (name: string) => path.join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

test.each([0, 5, 2 ** 20, 2 ** 20 + 1])('%d bytes', (size) => {
  const bytes = Buffer.alloc(size, 'x');
  writeFileSync(at('file'), bytes);
  expect(readRegularFile(at('file'), size).equals(bytes)).toBe(true);
});

test('a file without an end is left alone', () => {
  writeFileSync(at('sparse'), '');
  truncateSync(at('sparse'), 3 * 2 ** 40);
  expect(() => readRegularFile(at('sparse'), 1000)).toThrow(expect.objectContaining({ code: 'EFBIG' }));
});

test.each([
  ['a device', '/dev/zero', 'EFTYPE'],
  ['a folder', folder, 'EISDIR'],
  ['nothing', at('nothing'), 'ENOENT'],
])('%s', (_, file, code) => {
  expect(() => readRegularFile(file, 1000)).toThrow(
    expect.objectContaining({ code: expect.stringMatching(code) }),
  );
});

test('a pipe that nobody writes to', () => {
  if (spawnSync('mkfifo', [at('pipe')]).status !== 0) return;
  expect(() => readRegularFile(at('pipe'), 1000)).toThrow(expect.objectContaining({ code: 'EFTYPE' }));
});
