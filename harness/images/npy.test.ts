import { expect, test } from 'vitest';
import { npyOf } from './npy.js';

test('the header is that of NumPy 1.0, and the values begin at a multiple of 64 bytes', () => {
  const bytes = npyOf(Float32Array.of(0.5, -1, 2, 3), [2, 2]);
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x93NUMPY\x01\x00');
  const start = 10 + bytes.readUInt16LE(8);
  expect(start % 64).toBe(0);
  const header = bytes.subarray(10, start).toString();
  expect(header).toMatch(/^\{'descr': '<f4', 'fortran_order': False, 'shape': \(2, 2,\), \} *\n$/);
  expect([0, 1, 2, 3].map((at) => bytes.readFloatLE(start + at * 4))).toEqual([0.5, -1, 2, 3]);
  expect(bytes).toHaveLength(start + 16);
});
