import { expect, test } from 'vitest';
import { fromBfloat16, fromFloat16 } from './half.js';

test.each([
  [0x3c00, 1],
  [0xc000, -2],
  [0x7bff, 65_504],
  [0x0001, 2 ** -24],
  [0x8000, -0],
  [0x7c00, Number.POSITIVE_INFINITY],
  [0xfc00, Number.NEGATIVE_INFINITY],
  [0x1c04, 1 / 255 - 5.955e-8],
])('float16 %i', (bits, value) => {
  expect(fromFloat16(bits)).toBeCloseTo(value, 9);
});

test('float16 that is no number', () => {
  expect(fromFloat16(0x7e00)).toBeNaN();
});

test.each([
  [0x3f80, 1],
  [0xc000, -2],
  [0x7f80, Number.POSITIVE_INFINITY],
  [0x437f, 255],
])('bfloat16 %i', (bits, value) => {
  expect(fromBfloat16(bits)).toBe(value);
});
