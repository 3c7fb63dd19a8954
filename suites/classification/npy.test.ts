import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { UnusableArray } from '../../harness/images/read-npy.js';
import { scoresIn } from './npy.js';

const stored = new URL('../../../specs/shapes-classifier/blue-circle.npy', import.meta.url);

describe('a row is read', () => {
  test('from a file that NumPy wrote', () => {
    const scores = scoresIn(readFileSync(stored));
    expect(scores).toHaveLength(6);
    expect(scores.every(Number.isFinite)).toBe(true);
  });

  test.each([
    ['float32', npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", floats(4, true))],
    ['float64', npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", floats(8, true))],
    [
      'with the large end first',
      npy("{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }", floats(4, false)),
    ],
    ['a batch of one', npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }", floats(4, true))],
    [
      'in the order of Fortran',
      npy("{'descr': '<f4', 'fortran_order': True, 'shape': (1, 2), }", floats(4, true)),
    ],
    ['version 2', npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", floats(4, true), 2)],
  ])('%s', (_, bytes) => {
    expect([...scoresIn(bytes)]).toEqual([0.5, -3]);
  });

  test('from a part of a larger buffer', () => {
    const bytes = npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", floats(4, true));
    const larger = Uint8Array.of(9, ...bytes, 9, 9, 9);
    expect([...scoresIn(larger.subarray(1, 1 + bytes.length))]).toEqual([0.5, -3]);
  });
});

describe('anything else is refused in a sentence', () => {
  test.each([
    ['nothing', new Uint8Array(), 'It is not a NumPy file.'],
    ['text', new TextEncoder().encode('0.5, -3, 0.5, -3'), 'It is not a NumPy file.'],
    ['a header without end', npy("{'descr': '<f4'", []).subarray(0, 20), 'It ends within its header.'],
    [
      'a file cut short',
      npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", floats(4, true)),
      'It should hold 12 bytes of values and holds 8.',
    ],
    [
      'whole numbers',
      npy("{'descr': '<i8', 'fortran_order': False, 'shape': (1,), }", floats(4, true)),
      'Its values are <i8; float32 and float64 can be compared.',
    ],
    [
      'records',
      npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", floats(4, true)),
      'Its values are records; float32 and float64 can be compared.',
    ],
    [
      'two rows',
      npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }", floats(4, true)),
      'Its shape is [2, 1]; expected one row, [N] or [1, N].',
    ],
    [
      'a single number',
      npy("{'descr': '<f4', 'fortran_order': False, 'shape': (), }", floats(4, true)),
      'Its shape is []; expected one row, [N] or [1, N].',
    ],
  ])('%s', (_, bytes, sentence) => {
    expect(() => scoresIn(bytes)).toThrow(new UnusableArray(sentence));
  });
});

/** A file of format version 1 or 2. */
function npy(header: string, data: ArrayLike<number>, version: 1 | 2 = 1): Uint8Array {
  const length = version === 1 ? [header.length, 0] : [header.length, 0, 0, 0];
  return Uint8Array.of(
    0x93,
    ...Buffer.from('NUMPY'),
    version,
    0,
    ...length,
    ...Buffer.from(header),
    ...Array.from(data),
  );
}

/** The bytes of 0.5 and -3. */
function floats(bytes: 4 | 8, little: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * bytes));
  const set = bytes === 4 ? view.setFloat32 : view.setFloat64;
  for (const [index, value] of [0.5, -3].entries()) set.call(view, index * bytes, value, little);
  return new Uint8Array(view.buffer);
}
