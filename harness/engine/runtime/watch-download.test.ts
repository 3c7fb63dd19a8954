import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { recordedWork, temporaryFolder } from './stubs.test.support.js';
import { announcedBytes, watchDownload } from './watch-download.js';

test('pip announces how much it downloads', () => {
  expect(announcedBytes('  Downloading tensorflow_cpu-2.15.1-cp311.whl (207.2 MB)')).toBe(207_200_000);
  expect(announcedBytes('Downloading x.whl.metadata (4.1 kB)\nDownloading x.whl (12 kB)')).toBe(12_000);
  expect(announcedBytes('Collecting tensorflow-cpu==2.15.1')).toBeUndefined();
});

test('pip names a wheel that it takes from a folder', () => {
  const wheel = join(temporaryFolder(), 'x.whl');
  writeFileSync(wheel, '12345');
  expect(announcedBytes(`Processing ${wheel}`)).toBe(5);
});

test('bytes in the folder are reported, never more than were announced', async () => {
  const [folder, work] = [temporaryFolder(), recordedWork()];
  const watch = watchDownload(folder, 'Downloading', work);
  writeFileSync(join(folder, 'part'), 'x'.repeat(3000));
  watch.hear('Downloading x.whl (2 kB)');
  await sleep(300);
  watch.end();
  expect(work.progressed.at(-1)).toEqual({ step: 'download', label: 'Downloading', done: 2000, total: 2000 });
});

test('a download without a word or a byte is stopped', async () => {
  const watch = watchDownload(temporaryFolder(), 'Downloading', recordedWork(), 300);
  await sleep(800);
  watch.end();
  expect(watch.signal.aborted).toBe(true);
  expect(watch.signal.reason).toMatchObject({
    name: 'SourceUnavailable',
    message: expect.stringContaining('stopped'),
  });
});
