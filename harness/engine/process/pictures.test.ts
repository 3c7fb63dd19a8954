import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Pictures, Unreadable } from './pictures.js';

const folder = mkdtempSync(path.join(tmpdir(), 'assay-pictures-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const webp = 'RIFF\x10\0\0\0WEBPVP8 ';

describe('a file that is not an image is refused before TensorFlow reads it', () => {
  const pictures = new Pictures(() => {
    throw new Error('TensorFlow was asked');
  }, '2.21.0');
  const measured = (file: string) => () => pictures.measure(file);

  test.each([
    ['an empty file', '', 'The file is empty.'],
    ['text', 'a cat\n', 'It is not an image file; an example is a PNG, JPEG, WebP or BMP.'],
    ['a GIF', 'GIF89a', 'It is GIF; an example is a PNG, JPEG, WebP or BMP.'],
    ['a TIFF', 'II*\0', 'It is TIFF; an example is a PNG, JPEG, WebP or BMP.'],
    ['an AVIF', '\0\0\0\x20ftypavif', 'It is AVIF; an example is a PNG, JPEG, WebP or BMP.'],
    [
      'what Git LFS leaves',
      'version https://git-lfs.github.com/spec/v1\n',
      'It is a Git LFS pointer; `git lfs pull` fetches the image.',
    ],
  ])('%s', (name, bytes, sentence) => {
    expect(measured(written(name, bytes))).toThrow(new Unreadable(sentence));
  });

  test('a folder', () => expect(measured(folder)).toThrow(new Unreadable('It is a folder.')));

  test('a device', () => expect(measured('/dev/zero')).toThrow(new Unreadable('It is not a regular file.')));

  test('a file that is not there', () => {
    expect(measured(path.join(folder, 'none.png'))).toThrow(/^The file cannot be read: ENOENT/);
  });
});

describe('what TensorFlow says is passed on', () => {
  const refusing = (words: string) =>
    new Pictures(() => {
      throw new Error(`Session fail to run with error: ${words}\n\t [[{{node assay/picture/decoded}}]]`);
    }, '2.15.1');

  test.each([
    [
      'a WebP where there is no decoder of it',
      webp,
      'Unknown image file format. One of JPEG, PNG, GIF, BMP required.',
      'TensorFlow 2.15.1 cannot decode WebP; 2.20 and later can. Save it as PNG, or choose another with `--tensorflow`.',
    ],
    [
      'a WebP with an alpha channel',
      webp,
      'Number of channels requested does not match input',
      'TensorFlow cannot decode this WebP: Number of channels requested does not match input. Save it without animation and alpha channel.',
    ],
    [
      'a JPEG cut short',
      '\xff\xd8\xff\xe0',
      'jpeg::Uncompress failed. Invalid JPEG data or crop window.',
      'TensorFlow cannot decode this JPEG: jpeg::Uncompress failed. Invalid JPEG data or crop window.',
    ],
  ])('of %s', (name, bytes, words, sentence) => {
    expect(() => refusing(words).measure(written(name, bytes))).toThrow(new Unreadable(sentence));
  });
});

function written(name: string, bytes: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, bytes, 'latin1');
  return file;
}
