import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { expect, test } from 'vitest';
import { NotASavedModel } from '../refusal.js';
import { requireAttributesOnce, requireOnce } from './once.js';

/** A message of these fields, each with bytes. */
function message(...fields: readonly (readonly [number, Uint8Array])[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const [number, bytes] of fields) writer.tag(number, 2).bytes(bytes);
  return writer.finish();
}

const text = (value: string) => new TextEncoder().encode(value);
const stringValue = (value: string) => [2, text(value)] as const;
const node = (value: Uint8Array) =>
  message([1, text('one')], [2, text('NoOp')], [5, message([1, text('key')], [2, value])]);

/** An attribute that is a function with an attribute that is a function …, so many deep. */
function nested(depth: number): Uint8Array {
  if (depth === 0) return message(stringValue('x'));
  return message([10, message([1, text('f')], [2, message([1, text('key')], [2, nested(depth - 1)])])]);
}

test('a graph may not be given twice, what is a list may', () => {
  const twice = message([2, text('a')], [6, text('b')], [6, text('c')], [2, text('d')]);
  expect(() => requireOnce(twice, [2, 7], 'it')).toThrow('it has field 2 twice');
  expect(() => requireOnce(twice, [7], 'it')).not.toThrow();
});

test.each([
  ['one value', message(stringValue('a')), undefined],
  ['none', message(), undefined],
  ['a function in a function', nested(2), undefined],
  ['two values', message(stringValue('a'), stringValue('b')), /an attribute of one has two values/],
  ['a value twice in its entry', undefined, /has field 2 twice/],
  ['no message as its value', Uint8Array.of(0x12, 0x7f), /cannot be decoded \(premature EOF\)/],
  ['a function that is no message', message([10, Uint8Array.of(7)]), /cannot be decoded \(illegal tag/],
  ['functions in functions without end', nested(200), /nested more than 50 deep/],
])('an attribute with %s', (_, value, why) => {
  const entry = message([1, text('key')], [2, message(stringValue('a'))], [2, message(stringValue('b'))]);
  const read = () => requireAttributesOnce(value ? node(value) : message([5, entry]), 'one');
  if (why === undefined) expect(read).not.toThrow();
  else {
    expect(read).toThrow(NotASavedModel);
    expect(read).toThrow(why);
  }
});
