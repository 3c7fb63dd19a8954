import { rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acceptTimes, damage, type Manifest, readManifest } from './manifest.js';
import { stubRuntime, temporaryFolder } from './stubs.test.support.js';

async function prepared() {
  const folder = temporaryFolder();
  await stubRuntime(folder);
  const manifest = (await readManifest(folder)) as Manifest;
  return { folder, manifest, library: join(folder, 'libtensorflow_cc.so.2') };
}

test('files as prepared are not damaged', async () => {
  const { folder, manifest } = await prepared();
  expect(await damage(folder, manifest, 'quick')).toBeUndefined();
  expect(await damage(folder, manifest, 'thorough')).toBeUndefined();
});

test('a missing file and one of another size are seen at once', async () => {
  const { folder, manifest, library } = await prepared();
  truncateSync(library, 3);
  expect(await damage(folder, manifest, 'quick')).toBe('libtensorflow_cc.so.2 has 3 bytes, not 7');
  rmSync(library);
  expect(await damage(folder, manifest, 'quick')).toBe('libtensorflow_cc.so.2 is missing');
});

test('other bytes are seen when the time says that the file was touched', async () => {
  const { folder, manifest, library } = await prepared();
  writeFileSync(library, 'LIBRARY');
  utimesSync(library, 1, 1);
  expect(await damage(folder, manifest, 'quick')).toMatch(/another sha256/);
});

test('other bytes under the old time are seen by the thorough look only', async () => {
  const { folder, manifest, library } = await prepared();
  const [, { modified } = { modified: 0 }] = manifest.files;
  writeFileSync(library, 'LIBRARY');
  utimesSync(library, modified, modified);
  expect(await damage(folder, manifest, 'quick')).toBeUndefined();
  expect(await damage(folder, manifest, 'thorough')).toMatch(/another sha256/);
});

test('a copy with new times is still the same, and read whole only once', async () => {
  const { folder, manifest, library } = await prepared();
  utimesSync(library, 1, 1);
  expect(await damage(folder, manifest, 'quick')).toBeUndefined();
  await acceptTimes(folder, manifest);
  expect((await readManifest(folder))?.files[1]).toMatchObject({
    path: 'libtensorflow_cc.so.2',
    modified: 1,
  });
});

test('no manifest, half a manifest and one of another format are none', async () => {
  const folder = temporaryFolder();
  expect(await readManifest(folder)).toBeUndefined();
  for (const text of ['', '{"format": 1', '{"format": 2}', 'null', '{"format": 1, "files": []}']) {
    writeFileSync(join(folder, 'runtime.json'), text);
    expect(await readManifest(folder)).toBeUndefined();
  }
});
