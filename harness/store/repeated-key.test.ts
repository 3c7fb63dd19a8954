import fc from 'fast-check';
import { expect, test } from 'vitest';
import { repeatsKey } from './repeated-key.js';

const repeats = (text: string) => repeatsKey(text, JSON.parse(text));

test.each([
  '{"status":"pass","status":"fail"}',
  '{"a":[{"b":{"c":1,"c" : 1}}]}',
  String.raw`{"a\"":1,"a\u0022":2}`,
  '{"__proto__":1,"__proto__":2}',
])('%s has a key twice', (text) => {
  expect(repeats(text)).toBe(true);
});

test.each([
  '{"a":"b","c":"a\\":"}',
  '[{"a":1},{"a":1}]',
  '{"a":{"a":1},"":":"}',
  '{"__proto__":{"a":1}}',
  '":"',
])('%s has none twice', (text) => {
  expect(repeats(text)).toBe(false);
});

test('what JavaScript writes has none twice', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), fc.nat(4), (text, indent) => {
      expect(repeats(JSON.stringify(JSON.parse(text), null, indent))).toBe(false);
    }),
  );
});
