import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findLibraries } from './library-folder.js';
import { platform, temporaryFolder } from './stubs.test.support.js';

const header = 'include/tensorflow/c/c_api.h';

function folderWith(files: readonly string[]): string {
  const folder = temporaryFolder();
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  return folder;
}

test.each(['', 'tensorflow', 'lib/python3.11/site-packages/tensorflow'])(
  'a Python package in “%s”',
  async (where) => {
    const files = [...platform.wheelLibraries, header].map((name) => join(where, name));
    const folder = folderWith(files);
    const found = await findLibraries(folder, platform);
    expect(found.libraries).toEqual(platform.wheelLibraries.map((name) => join(folder, where, name)));
    expect(found.include).toBe(join(folder, where, 'include'));
  },
);

test('the C library, unpacked', async () => {
  const folder = folderWith([...platform.plainLibraries.map((name) => `lib/${name}`), header]);
  const found = await findLibraries(folder, platform);
  expect(found).toMatchObject({ folder: join(folder, 'lib'), include: join(folder, 'include') });
});

test('what is missing is reported: the libraries, or the headers', async () => {
  await expect(findLibraries(folderWith([header]), platform)).rejects.toThrow(/has no libtensorflow_cc/);
  const bare = folderWith(platform.wheelLibraries);
  await expect(findLibraries(bare, platform)).rejects.toThrow(
    /has the libraries, but .* has no tensorflow\/c\/c_api\.h/,
  );
});
