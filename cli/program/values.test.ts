import { expect, test } from 'vitest';
import { checkNames, toleranceOf, waiverOf } from './values.js';

test.each([
  ['1e-3', 1e-3, 0],
  ['0', 0, 0],
  ['.5,1E-4', 0.5, 1e-4],
])('the tolerance %s', (text, absolute, relative) => {
  expect(toleranceOf(text)).toEqual({ absolute, relative });
});

test.each(['', '-1', 'NaN', 'Infinity', '1e999', '1.2.3', '1,2,3', '1,', '1 e-3', '0x10'])(
  'the tolerance %o is none',
  (text) => {
    expect(() => toleranceOf(text)).toThrow('It must be a number');
  },
);

test.each([
  ['a/b=known', { check: 'a/b', reason: 'known' }],
  ['m:a/b=x=y: z', { model: 'm', check: 'a/b', reason: 'x=y: z' }],
  ['specs/m.yaml:a/b=r', { model: 'specs/m.yaml', check: 'a/b', reason: 'r' }],
  ["it's odd:a/b/c=r", { model: "it's odd", check: 'a/b/c', reason: 'r' }],
])('the waiver %s', (text, waiver) => {
  expect(waiverOf(text)).toEqual([waiver]);
  expect(waiverOf(text, [waiver])).toHaveLength(2);
});

test.each(['', 'a/b', 'a/b=', 'a/b=  ', 'ab=known', ':a/b=r'])('the waiver %o is none', (text) => {
  expect(() => waiverOf(text)).toThrow('CHECK=REASON');
});

test('checks, one by one or with commas', () => {
  expect(checkNames('output/{finite,shape},batching', ['inference/*'])).toEqual([
    'inference/*',
    'output/{finite,shape}',
    'batching',
  ]);
});
