import { readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Header, type HeaderData } from 'tar';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ObtainOptions, obtainModel } from './obtain.js';
import { folderWithModel, packed } from './obtain.test.support.js';
import { maxInflated } from './read-tar.js';
import { UnsafeArchive } from './refusals.js';

let folder: string;
let options: ObtainOptions;

beforeEach(async () => {
  folder = await folderWithModel();
  options = { cacheFolder: join(folder, 'cache') };
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('archives that reach out of their folder', () => {
  const link = { type: 'SymbolicLink' } as const;
  test.each<[string, HeaderData[], string]>([
    ['a parent', [{ path: '../evil.txt' }], '../evil.txt'],
    ['a parent, further in', [{ path: 'model/../../evil.txt' }], 'model/../../evil.txt'],
    ['up and down again', [{ path: 'model/../evil.txt' }], 'model/../evil.txt'],
    ['the root', [{ path: '/tmp/evil.txt' }], '/tmp/evil.txt'],
    ['a Windows drive', [{ path: 'C:\\evil.txt' }], 'C:\\evil.txt'],
    ['a Windows parent', [{ path: '..\\evil.txt' }], '..\\evil.txt'],
    ['a link to the root', [{ ...link, path: 'a', linkpath: '/etc' }], 'a'],
    ['a link to a parent', [{ ...link, path: 'model/a', linkpath: '../../etc' }], 'model/a'],
    ['a hard link', [{ type: 'Link', path: 'a', linkpath: '../cache' }], 'a'],
    ['a device', [{ type: 'CharacterDevice', path: 'tty' }], 'tty'],
    [
      'a link through a link',
      [
        { ...link, path: 'here', linkpath: '.' },
        { ...link, path: 'out', linkpath: 'here/..' },
      ],
      'out',
    ],
    ['a link to nothing', [{ ...link, path: 'a', linkpath: 'b' }], 'a'],
    ['a hard link to itself', [{ type: 'Link', path: 'a', linkpath: 'a' }], 'a'],
    ['a hard link to what is in it', [{ type: 'Link', path: 'a', linkpath: './A/b' }], 'a'],
    ['a hard link to a folder around it', [{ type: 'Link', path: 'a/b', linkpath: 'a/' }], 'a/b'],
    ['a link to itself', [{ ...link, path: 'a', linkpath: 'a/b' }], 'a'],
  ])('%s', async (_, entries, named) => {
    const path = await handmade('evil.tar', [{ path: 'first.txt' }, ...entries, { path: 'last.txt' }]);
    const failure = await obtainModel({ kind: 'archive', path }, options).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UnsafeArchive);
    expect(failure).toMatchObject({ entry: named });
    expect(String(failure)).toContain(`its entry "${named}"`);
    expect(await readdir(options.cacheFolder)).toEqual([]);
    expect(await readdir(folder)).not.toContain('evil.txt');
  });

  test.each<[string, HeaderData[], RegExp]>([
    ['holds a thousand times its size', [{ path: 'zeros', size: 2 ** 31 }], /more than 1000 times its own/],
    ['has tens of thousands of entries', manyFiles(10_001), /is the 10001th entry/],
  ])('one that %s', async (_, entries, why) => {
    const path = await handmade('bomb.tar', entries);
    await expect(obtainModel({ kind: 'archive', path }, options)).rejects.toThrow(why);
    expect(await readdir(options.cacheFolder)).toEqual([]);
  });

  test('no archive may hold more than any model', () => {
    expect(maxInflated(2 ** 40)).toEqual({ most: 2 ** 36, why: 'exceed 68719476736 bytes' });
  });

  test('files are neither run nor shared', async () => {
    const folders = [{ path: 'variables/', type: 'Directory', mode: 0o4777 }] as const;
    const path = await handmade('bits.tar', [...folders, { path: 'saved_model.pb', mode: 0o6777 }]);
    const { folder: found } = await obtainModel({ kind: 'archive', path }, options);
    expect((await stat(join(found, 'saved_model.pb'))).mode & 0o7022).toBe(0);
    expect((await stat(join(found, 'variables'))).mode & 0o7700).toBe(0o700);
  });

  test('links that stay inside are kept', async () => {
    await symlink('../saved_model.pb', join(folder, 'model', 'variables', 'graph'));
    const path = await packed(join(folder, 'm.tar.gz'), folder, ['model']);
    const { folder: found } = await obtainModel({ kind: 'archive', path }, options);
    expect(await readFile(join(found, 'variables', 'graph'), 'utf8')).toBe('graph');
  });
});

function manyFiles(count: number): HeaderData[] {
  return Array.from({ length: count }, (_, at) => ({ path: `${at}.txt` }));
}

/** An archive of empty entries as the headers say, which no sane program would write. */
async function handmade(name: string, headers: readonly HeaderData[]): Promise<string> {
  const blocks = headers.map((header) => {
    const block = Buffer.alloc(512);
    new Header({ type: 'File', mode: 0o644, size: 0, ...header }).encode(block);
    return block;
  });
  const path = join(folder, name);
  await writeFile(path, Buffer.concat([...blocks, Buffer.alloc(1024)]));
  return path;
}
