import { expect, test } from 'vitest';
import { isVersion, sameRelease, versionOrder } from './version.js';

test('a version is whole, as the index writes it', () => {
  for (const version of ['2.21.0', '2.15.0.post1', '2.22.0rc0']) expect(isVersion(version)).toBe(true);
  for (const text of ['2', '2.15', 'latest', '2.15.*', '2.15.1 --pre', '../2.15.1', ''])
    expect(isVersion(text)).toBe(false);
});

test('a library and its wheel are one release', () => {
  expect(sameRelease('2.15.0.post1', '2.15.0')).toBe(true);
  expect(sameRelease('2.22.0rc0', '2.22.0-rc0')).toBe(true);
  expect(sameRelease('2.15.1', '2.15.0')).toBe(false);
});

test('versions are in the order of their release', () => {
  const inOrder = ['2.9.3', '2.15.0rc1', '2.15.0', '2.15.0.post1', '2.15.1', '2.21.0', '3.0.0a1', '3.0.0b1'];
  expect(inOrder.toReversed().sort(versionOrder)).toEqual(inOrder);
});
