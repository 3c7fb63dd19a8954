import { expect, test } from 'vitest';
import { argumentsIn, inputAt, positionOf } from './arguments.js';

test('reads single inputs, lists of one type and of several, and references', () => {
  expect(argumentsIn('x:T values:N*float32 args:[Tin] ref:T& axis:Tidx=int32')).toEqual([
    { name: 'x', type: 'T', isList: false },
    { name: 'values', type: 'float32', count: 'N', isList: true },
    { name: 'args', type: 'Tin', isList: true },
    { name: 'ref', type: 'T', isList: false },
    { name: 'axis', type: 'Tidx', byDefault: 'int32', isList: false },
  ]);
  expect(argumentsIn('')).toEqual([]);
});

test('finds an input from the first or, behind a list, from the last', () => {
  expect(positionOf('split_dim:int32 value:T', 'value')).toBe(1);
  expect(positionOf('values:N*T axis:Tidx', 'axis')).toBe(-1);
  expect(positionOf('values:N*T axis:Tidx', 'perm')).toBeUndefined();
});

test.each([
  [0, 'values'],
  [2, 'values'],
  [3, 'axis'],
  [4, undefined],
])('names the input at position %i of four', (position, name) => {
  expect(inputAt('values:N*T axis:Tidx', position, 4)?.name).toBe(name);
});

test('leaves open which of two lists a position belongs to', () => {
  expect(inputAt('indices:N*int32 data:N*T', 2, 4)).toBeUndefined();
});
