import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellWord } from './shell-word.js';

/** What bash makes of a command line's words. */
function asBashReads(words: readonly string[]): string[] {
  const script = `printf '%s\\0' ${words.map(shellWord).join(' ')}`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

test('plain names are left as they are', () => {
  expect(shellWord('assay-report/run.json')).toBe('assay-report/run.json');
  expect(shellWord('a b')).toBe("'a b'");
});

test('bash reads back what was meant, whatever a model is called', () => {
  const text = fc.string({ unit: 'binary', maxLength: 20 }).map((one) => one.replaceAll('\0', ''));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), (words) => {
      expect(asBashReads(words)).toEqual(words);
    }),
    { numRuns: 30 },
  );
  const hostile = ["'", "it's \\", '$(touch x)', '`id`', '-x', '', '\n', '\u001b[31m', "\u202e'\\", '~', '*'];
  expect(asBashReads(hostile)).toEqual(hostile);
});

test('nothing that a screen hides stays in the command', () => {
  expect(shellWord("a\u001b[31m\u202e'b")).toBe("$'a\\x1b[31m\\xe2\\x80\\xae\\'b'");
});

test('a lone surrogate becomes what run.json has in its place', () => {
  expect(asBashReads(['x\ud800'])).toEqual(['x\ufffd']);
});
