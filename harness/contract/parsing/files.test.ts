import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ParseOptions, readSpec } from './parse.js';

const good = 'model: m\napi: image-classification\nimage_size: 224\nnum_classes: 3\n';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'specs-'));
  await mkdir(join(folder, 'm'));
  await writeFile(join(folder, 'labels.txt'), 'tabby cat\nred fox\r\nhen\n');
  await writeFile(join(folder, 'cat.png'), '');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('files that a spec names', () => {
  test('may be missing until they are asked for', async () => {
    const file = await written(good.replace(': m', ': gone'));
    expect(await readSpec(file)).toMatchObject({ kind: 'contract' });
    expect(await said(file)).toEqual([
      `1:8 there is no folder ${join(folder, 'gone')} | paths are relative to the folder of the spec`,
    ]);
  });

  test('need not have the model, where another takes its place', async () => {
    const file = await written(`${good.replace(': m', ': gone')}classes: names.txt`);
    expect(await said(file, { otherModel: true })).toEqual([
      expect.stringContaining(`there is no file ${join(folder, 'names.txt')}`),
    ]);
  });

  test('are there', async () => {
    const file = await written(`${good}classes: labels.txt\nexamples: [{ image: cat.png, class: red fox }]`);
    expect(await said(file)).toEqual([]);
  });

  test('are missing, beside other problems', async () => {
    const file = await written(`${good}classes: names.txt
examples:
  - { image: dog.png, class: 2 }
  - { image: cat.png, output: cat.npy }
runs: 0`);
    const hint = 'paths are relative to the folder of the spec';
    expect(await said(file)).toEqual([
      `5:10 there is no file ${join(folder, 'names.txt')} | ${hint}`,
      `7:14 there is no file ${join(folder, 'dog.png')} | ${hint}`,
      `8:31 there is no file ${join(folder, 'cat.npy')} | ${hint}`,
      '9:7 `runs` must be at least 1, not 0',
    ]);
  });

  test('are of another kind', async () => {
    const file = await written(`${good.replace(': m', ': cat.png')}classes: m`);
    expect(await said(file)).toEqual([
      `1:8 ${join(folder, 'cat.png')} is a file, but a SavedModel is a folder | export the model with tf.saved_model.save(model, folder) and use that folder`,
      `5:10 ${join(folder, 'm')} is a folder, not a file | use the path of a file`,
    ]);
  });

  test('have a name that no file can have', async () => {
    const file = await written(good.replace(': m', ': "a\\0b"'));
    expect(await said(file)).toHaveLength(1);
  });

  test('lack the class of an example', async () => {
    const file = await written(`${good}classes: labels.txt\nexamples: [{ image: cat.png, class: taby cat }]`);
    expect(await said(file)).toEqual([
      '6:37 the text "taby cat" is not in the list of classes | did you mean `tabby cat`?',
    ]);
  });
});

describe('outside the repository of a confined spec, files are not read', () => {
  const outside = (path: string) =>
    `${path} is outside of the repository of this spec | put it into ${join(folder, 'repository')}, or allow it with \`--no-confine\``;

  beforeEach(async () => {
    await mkdir(join(folder, 'repository', 'specs'), { recursive: true });
    await mkdir(join(folder, 'repository', 'm'));
  });

  test.each([
    ['a list of classes', 'classes: ../../labels.txt', '5:10', 'labels.txt'],
    ['an image', 'examples: [{ image: ../../cat.png, class: 1 }]', '5:21', 'cat.png'],
    ['a link to a file', 'classes: ../link.txt', '5:10', 'repository/link.txt'],
  ])('%s', async (_, line, at, file) => {
    await mkdir(join(folder, 'repository', '.git'));
    await symlink('../labels.txt', join(folder, 'repository', 'link.txt'));
    const spec = await written(`${good.replace(': m', ': ../m')}${line}`, 'repository/specs/spec.yaml');
    expect(await said(spec, { confine: true })).toEqual([`${at} ${outside(join(folder, file))}`]);
    expect(await said(spec)).toEqual([]);
  });

  test('a model', async () => {
    await mkdir(join(folder, 'repository', '.git'));
    const spec = await written(good.replace(': m', ': ../../m'), 'repository/specs/spec.yaml');
    expect(await said(spec, { confine: true })).toEqual([`1:8 ${outside(join(folder, 'm'))}`]);
  });

  test('but for a spec that is in none', async () => {
    const spec = await written(good.replace(': m', ': ../../m'), 'repository/specs/spec.yaml');
    expect(await said(spec, { confine: true })).toEqual([]);
  });
});

describe('a spec that cannot be read', () => {
  test('is not there', async () => {
    expect(await said(join(folder, 'gone.yaml'))).toEqual([
      '1:1 there is no such file | `assay init MODEL` writes one',
    ]);
  });

  test('is a folder', async () => {
    expect(await said(folder)).toEqual(['1:1 this is a folder, not a spec | use a `.yaml` file in it']);
  });

  test('lies beneath a file', async () => {
    const path = join(folder, 'cat.png', 'spec.yaml');
    expect(await said(path)).toEqual(['1:1 there is no such file | part of the path is not a folder']);
  });

  test('is not a file at all', async () => {
    expect(await said('/dev/null')).toEqual(['1:1 this is not a file | use a `.yaml` file']);
  });

  test('is far too large', async () => {
    const file = await written('x'.repeat(2_000_000));
    expect(await said(file)).toEqual([
      '1:1 a file of 2000000 bytes is not a spec | use the `.yaml` file that describes the model',
    ]);
  });

  test.each([
    [
      'Latin-1',
      Buffer.from('model: m\nname: caf\xe9\n', 'latin1'),
      '2:10 the file is not UTF-8: this byte is invalid | save it as UTF-8',
    ],
    [
      'cut in a character',
      Buffer.from('# \uFFFD is fine\nname: é').subarray(0, -1),
      '2:7 the file is not UTF-8: this byte is invalid | save it as UTF-8',
    ],
    ['UTF-16', Buffer.from('\uFEFFmodel: m', 'utf16le'), '1:1 the file is in UTF-16 | save it as UTF-8'],
    [
      'a byte order mark',
      Buffer.from(`\uFEFF${good}`),
      '1:1 the file starts with a byte order mark | save it as UTF-8 without one',
    ],
  ])('%s', async (_, bytes, problem) => {
    expect(await said(await written(bytes))).toEqual([problem]);
  });

  test('says the same in its own characters as anybody', async () => {
    const file = await written(`${good}name: "\uFFFD café 日本 😀"`);
    expect(await readSpec(file)).toMatchObject({ contract: { name: '\uFFFD café 日本 😀' } });
  });
});

async function written(content: string | Buffer, name = 'spec.yaml'): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

async function said(file: string, options: ParseOptions = {}): Promise<string[]> {
  const parsed = await readSpec(file, { checkFiles: true, ...options });
  if (parsed.kind === 'contract') return [];
  return parsed.problems.map(
    ({ line, column, message, hint }) =>
      `${line}:${column} ${message}${hint === undefined ? '' : ` | ${hint}`}`,
  );
}
