import { execFile } from 'node:child_process';
import { readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { Header, type HeaderData } from 'tar';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ObtainOptions, obtainModel } from './obtain.js';
import { folderWithModel, packed, sha256 } from './obtain.test.support.js';
import { UnsafeArchive } from './refusals.js';

let folder: string;
let options: ObtainOptions;

beforeEach(async () => {
  folder = await folderWithModel();
  options = { cacheFolder: join(folder, 'cache') };
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('a folder is taken as it is, there or not', async () => {
  expect(await obtainModel({ kind: 'folder', path: '/not/there' }, options)).toEqual({
    folder: '/not/there',
  });
});

describe('archives', () => {
  test.each([
    ['m.tar.gz', true, ['model']],
    ['m.tgz', true, ['model']],
    ['m.tar', false, ['model']],
  ])('%s of one folder', async (name, gzip, names) => {
    const path = await packed(join(folder, name), folder, names, gzip);
    const { folder: found, archiveDigest } = await obtainModel({ kind: 'archive', path }, options);
    expect(await readFile(join(found, 'saved_model.pb'), 'utf8')).toBe('graph');
    expect(await readFile(join(found, 'variables', 'variables.index'), 'utf8')).toBe('index');
    expect(archiveDigest).toBe(sha256(await readFile(path)));
  });

  test.each([[['.']], [['saved_model.pb', 'variables']]])('of the files directly: %s', async (names) => {
    const path = await packed(join(folder, 'm.tar.gz'), join(folder, 'model'), names);
    const { folder: found } = await obtainModel({ kind: 'archive', path }, options);
    expect(await readdir(found)).toEqual(['saved_model.pb', 'variables']);
  });

  test('is unpacked once, however many ask at once, in however many processes', async () => {
    const path = await packed(join(folder, 'm.tar.gz'), folder, ['model']);
    const location = { kind: 'archive', path } as const;
    const script = `
      const { obtainModel } = await import(${JSON.stringify(new URL('./obtain.js', import.meta.url).href)});
      console.log((await obtainModel(${JSON.stringify(location)}, ${JSON.stringify(options)})).folder);`;
    const elsewhere = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    const here = () => obtainModel(location, options);
    const [one, two, three, four] = await Promise.all([elsewhere(), elsewhere(), here(), here()]);
    expect(new Set([one.stdout.trim(), two.stdout.trim(), three.folder, four.folder]).size).toBe(1);
    expect(await readdir(options.cacheFolder)).toEqual([sha256(await readFile(path))]);
    await writeFile(join(three.folder, 'mark'), '');
    await here();
    expect(await readdir(three.folder)).toContain('mark');
  });

  test('that is another than promised is refused', async () => {
    const path = await packed(join(folder, 'm.tar.gz'), folder, ['model']);
    const asked = obtainModel({ kind: 'archive', path, sha256: '0'.repeat(64) }, options);
    await expect(asked).rejects.toThrow(/its SHA-256 is [0-9a-f]{64}, the spec has 0{64}/);
  });

  test('that is promised in capital letters is accepted', async () => {
    const path = await packed(join(folder, 'm.tar.gz'), folder, ['model']);
    const promised = sha256(await readFile(path)).toUpperCase();
    await expect(obtainModel({ kind: 'archive', path, sha256: promised }, options)).resolves.toBeDefined();
  });

  test('that is not there, or is a folder', async () => {
    for (const path of [join(folder, 'gone.tar'), folder]) {
      await expect(obtainModel({ kind: 'archive', path }, options)).rejects.toThrow(
        `The archive ${path} does not exist`,
      );
    }
  });

  test.each([
    ['text', Buffer.from('this is no archive '.repeat(100))],
    ['a web page, zipped', gzipSync('<html>not found</html>'.repeat(100))],
    ['half an archive', undefined],
  ])('%s', async (_, bytes) => {
    const path = join(folder, 'm.tar.gz');
    const whole = bytes ?? (await readFile(await packed(join(folder, 'whole.tar.gz'), folder, ['model'])));
    await writeFile(path, bytes ?? whole.subarray(0, whole.length / 2));
    await expect(obtainModel({ kind: 'archive', path }, options)).rejects.toThrow(/cannot be unpacked/);
    expect(await readdir(options.cacheFolder)).toEqual([]);
  });

  test('is left alone when the work is called off', async () => {
    const path = await packed(join(folder, 'm.tar.gz'), folder, ['model']);
    const signal = AbortSignal.abort(new Error('called off'));
    await expect(obtainModel({ kind: 'archive', path }, { ...options, signal })).rejects.toThrow();
  });
});

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
    ['is larger than any model', [{ path: 'zeros', size: 2 ** 37 }], /exceed 68719476736 bytes/],
    ['has tens of thousands of entries', manyFiles(10_001), /is the 10001th entry/],
  ])('one that %s', async (_, entries, why) => {
    const path = await handmade('bomb.tar', entries);
    await expect(obtainModel({ kind: 'archive', path }, options)).rejects.toThrow(why);
    expect(await readdir(options.cacheFolder)).toEqual([]);
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
