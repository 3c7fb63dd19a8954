import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { cacheFolder, checkFreeSpace, makeCacheFolder, runtimeFolder, runtimeFolders } from './cache.js';
import { temporaryCache, temporaryFolder } from './stubs.test.support.js';

test('the cache is where ASSAY_CACHE says, else in the home folder', () => {
  const cache = temporaryCache();
  expect(runtimeFolder('tensorflow-2.21.0', 'linux-x64')).toBe(
    join(cache, 'runtimes', 'tensorflow-2.21.0-linux-x64-tfjs-node-4.22.0'),
  );
  vi.stubEnv('ASSAY_CACHE', '');
  vi.stubEnv('XDG_CACHE_HOME', undefined);
  expect(cacheFolder().startsWith(homedir())).toBe(true);
  expect(cacheFolder()).toMatch(/model-assay$/);
});

test('locks and drafts are no runtimes', async () => {
  const cache = temporaryCache();
  for (const name of ['b', 'a', 'a.lock', 'a.part-12345678'])
    mkdirSync(join(cache, 'runtimes', name), { recursive: true });
  expect(await runtimeFolders()).toEqual([join(cache, 'runtimes', 'a'), join(cache, 'runtimes', 'b')]);
});

test('a disk that is too full is reported before anything starts', async () => {
  const folder = temporaryFolder();
  await checkFreeSpace(folder, 1);
  await expect(checkFreeSpace(folder, 1e18)).rejects.toThrow(/too full: 1000000000000 MB are needed in/);
});

test('a cache that cannot be made names the way out', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  const failing = makeCacheFolder(join(folder, 'file', 'cache'));
  await expect(failing).rejects.toMatchObject({
    name: 'SourceUnavailable',
    remedy: expect.stringContaining('ASSAY_CACHE'),
  });
});
