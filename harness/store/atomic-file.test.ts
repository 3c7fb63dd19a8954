import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeFolder, whyNotWritten, writeAtomically } from './atomic-file.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'whole-'));
});

describe('a file', () => {
  test('is written with its folders, and nothing beside it', async () => {
    const file = path.join(folder, 'a', 'b', 'file');
    await writeAtomically(file, 'first');
    await writeAtomically(file, 'second');
    expect(readFileSync(file, 'utf8')).toBe('second');
    expect(readdirSync(path.dirname(file))).toEqual(['file']);
  });

  test('that cannot be written leaves nothing', async () => {
    mkdirSync(path.join(folder, 'taken'));
    expect(await whyNotWritten(() => writeAtomically(path.join(folder, 'taken'), 'x'))).toMatch(/in the way/);
    expect(readdirSync(folder)).toEqual(['taken']);
  });
});

describe('a folder', () => {
  test.each(['/proc/assay/a', '/proc/assay'])(
    '%s cannot be made, which is reported at once',
    async (place) => {
      expect(await whyNotWritten(() => makeFolder(place))).toMatch(
        /no folder can be made there|not permitted/,
      );
    },
  );

  test('below a file cannot be made', async () => {
    writeFileSync(path.join(folder, 'file'), '');
    for (const place of ['file', 'file/a', 'file/a/b'])
      expect(await whyNotWritten(() => makeFolder(path.join(folder, place)))).toBe('a file is in the way');
  });

  test('that several make at once is made', async () => {
    const place = path.join(folder, 'a', 'b', 'c');
    await Promise.all(Array.from({ length: 8 }, () => makeFolder(place)));
    expect(readdirSync(path.join(folder, 'a', 'b'))).toEqual(['c']);
  });
});

test('a fault of ours is no fault of the file system', async () => {
  const fault = async () => {
    throw new TypeError('undefined is not a function');
  };
  await expect(whyNotWritten(fault)).rejects.toThrow(TypeError);
});

test('a file that outgrows what the system allows is not there in part', () => {
  const module = new URL('./atomic-file.js', import.meta.url).href;
  const script = `
    const { whyNotWritten, writeAtomically } = await import(${JSON.stringify(module)});
    console.log(await whyNotWritten(() => writeAtomically(process.argv[1], 'x'.repeat(1e6))));`;
  const limited = 'ulimit -f 64; exec "$0" --input-type=module --eval "$1" "$2"';
  const file = path.join(folder, 'large');
  const said = execFileSync('sh', ['-c', limited, process.execPath, script, file], { encoding: 'utf8' });
  expect(said).toContain('no file may be that large');
  expect(readdirSync(folder)).toEqual([]);
});
