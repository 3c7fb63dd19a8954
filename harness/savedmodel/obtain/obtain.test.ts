import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ownName } from './leftovers.js';
import { type ObtainOptions, obtainModel } from './obtain.js';
import { folderWithModel, packed, sha256 } from './obtain.test.support.js';
import { unpack } from './unpack.js';

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
    ['compressed twice', gzipSync(gzipSync(Buffer.alloc(2048)))],
    ['compressed twice, in bits', gzipInBits(gzipSync(Buffer.alloc(2048)))],
  ])('%s', async (_, bytes) => {
    const path = join(folder, 'm.tar.gz');
    const whole = bytes ?? (await readFile(await packed(join(folder, 'whole.tar.gz'), folder, ['model'])));
    await writeFile(path, bytes ?? whole.subarray(0, whole.length / 2));
    await expect(obtainModel({ kind: 'archive', path }, options)).rejects.toThrow(/cannot be unpacked/);
    expect(await readdir(options.cacheFolder)).toEqual([]);
  });

  test('whose end is followed by zeros is read up to its end', async () => {
    const plain = await readFile(await packed(join(folder, 'm.tar'), folder, ['model'], false));
    const path = join(folder, 'm.tar.gz');
    await writeFile(path, gzipSync(Buffer.concat([plain, Buffer.alloc(2 ** 28)])));
    const { folder: found } = await obtainModel({ kind: 'archive', path }, options);
    expect(await readdir(found)).toEqual(['saved_model.pb', 'variables']);
  });

  test('without end is refused', async () => {
    const path = join(folder, 'm.tar.gz');
    const zeros = gzipSync(Buffer.alloc(2 ** 26), { level: 9 });
    await writeFile(path, Buffer.concat(Array.from({ length: 17 }, () => zeros)));
    await expect(obtainModel({ kind: 'archive', path }, options)).rejects.toThrow(
      /more than 1000 times its own/,
    );
  });

  test('that another is put in the place of while it is unpacked', async () => {
    const path = await packed(join(folder, 'm.tar.gz'), folder, ['model']);
    const accepted = { path, digest: '0'.repeat(64) };
    const target = join(options.cacheFolder, accepted.digest);
    await expect(unpack(accepted, target, undefined)).rejects.toThrow(/changed while it was unpacked/);
    expect(await readdir(options.cacheFolder)).toEqual([]);
  });

  test('removes what killed processes left in the cache, and nothing else', async () => {
    const path = await packed(join(folder, 'm.tar.gz'), folder, ['model']);
    const script = `
      const { ownName } = await import(${JSON.stringify(new URL('./leftovers.js', import.meta.url).href)});
      console.log(ownName('${'1'.repeat(64)}', 'download'), ownName('${'2'.repeat(64)}', 'unpacked'));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    const left = stdout.trim().split(' ');
    const others = [
      basename(ownName('3'.repeat(64), 'unpacked')),
      `${'4'.repeat(64)}.00000000-1-11111111.download`,
      'runtimes',
    ];
    for (const name of [...left, ...others])
      await mkdir(join(options.cacheFolder, name), { recursive: true });
    await obtainModel({ kind: 'archive', path }, options);
    expect(await readdir(options.cacheFolder)).toEqual(expect.arrayContaining(others));
    expect(await readdir(options.cacheFolder)).toHaveLength(others.length + 1);
  });

  test('is left alone when the work is called off', async () => {
    const path = await packed(join(folder, 'm.tar.gz'), folder, ['model']);
    const signal = AbortSignal.abort(new Error('called off'));
    await expect(obtainModel({ kind: 'archive', path }, { ...options, signal })).rejects.toThrow();
  });
});

/** The first byte is flushed alone. */
function gzipInBits(bytes: Buffer): Buffer {
  return Buffer.concat([gzipSync(bytes.subarray(0, 1)), gzipSync(bytes.subarray(1))]);
}
