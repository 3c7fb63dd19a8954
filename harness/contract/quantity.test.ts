import { expect, test } from 'vitest';
import { bytesOf, millisecondsOf } from './quantity.js';

test.each([
  ['500ms', 500],
  ['60s', 60_000],
  ['1.5m', 90_000],
  ['2h', 7_200_000],
  ['60', Number.NaN],
  ['60 s', Number.NaN],
  ['1d', Number.NaN],
])('%s is %d ms', (text, milliseconds) => {
  expect(millisecondsOf(text)).toBe(milliseconds);
});

test.each([
  ['1B', 1],
  ['1KB', 1000],
  ['1KiB', 1024],
  ['512MB', 512_000_000],
  ['4GiB', 4_294_967_296],
  ['0.5TiB', 549_755_813_888],
  ['4', Number.NaN],
  ['4gb', Number.NaN],
])('%s is %d bytes', (text, bytes) => {
  expect(bytesOf(text)).toBe(bytes);
});
