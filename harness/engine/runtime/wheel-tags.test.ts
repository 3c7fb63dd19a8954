import { expect, test } from 'vitest';
import { platform } from './stubs.test.support.js';
import { glibcTags, wheelTags } from './wheel-tags.js';

test('a wheel is asked for that the C library here can load, the newest first', () => {
  expect(glibcTags('x86_64', '2.28')).toEqual([
    'manylinux_2_28_x86_64',
    'manylinux_2_27_x86_64',
    'manylinux_2_24_x86_64',
    'manylinux_2_17_x86_64',
    'manylinux2014_x86_64',
  ]);
});

test('a Linux without glibc gets advice on what to use instead', () => {
  expect(() => glibcTags('x86_64', undefined)).toThrow(/need glibc/);
});

test('this machine has tags of its own processor', () => {
  const tags = wheelTags(platform);
  expect(tags.length).toBeGreaterThan(0);
  for (const tag of tags) expect(tag.endsWith(platform.machine)).toBe(true);
});
