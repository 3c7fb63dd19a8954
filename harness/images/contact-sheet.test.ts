import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import type { Batch } from '../verdict/batch.js';
import { contactSheet } from './contact-sheet.js';
import { pixelsOf } from './pixels.js';

function sheetOf(batch: Batch) {
  const { width, height, data } = decode(contactSheet(batch) ?? new Uint8Array());
  return { width, height, at: (y: number, x: number) => [...data.subarray((y * width + x) * 4).slice(0, 4)] };
}

test('small images are enlarged and laid out in a square, with a gap', () => {
  const batch: Batch = { count: 3, height: 2, width: 2, pattern: 'noise', seed: 5 };
  const { width, height, at } = sheetOf(batch);
  expect([width, height]).toEqual([258, 258]);
  const [first, third] = [0, 2].map((image) => [...pixelsOf(batch).subarray(image * 12, image * 12 + 3)]);
  expect(at(0, 0)).toEqual([...(first ?? []).map((value) => Math.round(value * 255)), 255]);
  expect(at(130, 0)).toEqual([...(third ?? []).map((value) => Math.round(value * 255)), 255]);
  expect(at(0, 128)[3]).toBe(0);
});

test('large images keep their size, and sixteen are enough', () => {
  const { width, height } = sheetOf({ count: 100, height: 200, width: 10, pattern: 'flat', seed: 1 });
  expect([width, height]).toEqual([4 * 12 - 2, 4 * 202 - 2]);
});

test('there is no picture of nothing', () => {
  expect(contactSheet({ count: 0, height: 8, width: 8, pattern: 'flat', seed: 1 })).toBeUndefined();
});
