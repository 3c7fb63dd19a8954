import fc, { type Arbitrary } from 'fast-check';
import { anyDamage } from './bytes.js';
import { paxOf } from './tar.js';

export function namesOut(canary: string): Arbitrary<string> {
  const ups = fc.integer({ min: 1, max: 8 }).map((levels) => `${'../'.repeat(levels)}canary/evil`);
  const places = [
    '..',
    '../',
    '../evil',
    `${canary}/evil`,
    `/${canary}/evil`,
    `${canary}/precious`,
    `variables/../../../../../canary/evil`,
    '/etc',
    `variables/..`,
    `.//..//evil`,
    `..\\evil`,
    `C:\\evil`,
    `C:evil`,
    `\\\\host\\evil`,
    `~/evil`,
    `./../evil`,
    '.',
    '/',
    `${canary}`,
    'x/../../evil',
    '\u2025/evil',
    '..\0/evil',
    `%2e%2e/evil`,
  ];
  return fc.oneof(ups, fc.constantFrom(...places));
}

export function oddNames(): Arbitrary<string> {
  const some = [
    'x'.repeat(255),
    'x'.repeat(256),
    'x'.repeat(5000),
    'd/'.repeat(120),
    'd/'.repeat(3000),
    '\0',
    'a\0b',
    '日本語',
    '\u202e',
    '\x1b[2J',
    '',
    ' ',
    '\n',
    'CON',
    'a:b',
    '-rf',
    '*',
    '\xff',
    '__proto__',
  ];
  return fc.oneof(fc.constantFrom(...some), fc.string({ unit: 'binary', maxLength: 30 }));
}

export function linkNames(): Arbitrary<string> {
  return fc.constantFrom(
    'x',
    'variables/x',
    'saved_model.pb',
    'variables',
    'a/b',
    '.',
    './x',
    'variables/variables.index',
    'x/',
  );
}

export function sizes(): Arbitrary<string> {
  const some = [
    '-0000000001\0',
    '77777777777\0',
    '7777777777777',
    '99999999999\0',
    '0x000000010\0',
    '1 2 3 4 5 6 ',
    '\0'.repeat(12),
    '            ',
    '\x80\0\0\0\0\0\0\0\0\0\0\x01',
    `\x80${'\xff'.repeat(11)}`,
    '\xff'.repeat(12),
    `\xff${'\0'.repeat(11)}`,
    `\x80\0\0\0\x7f${'\xff'.repeat(7)}`,
    '00000000002\0',
    '00000001000\0',
  ];
  return fc.oneof(fc.constantFrom(...some), fc.string({ minLength: 12, maxLength: 12 }));
}

export function pax(canary: string): Arbitrary<Uint8Array> {
  const keys = fc.constantFrom(
    'path',
    'linkpath',
    'size',
    'mtime',
    'uid',
    'mode',
    'type',
    'GNU.sparse.name',
    'GNU.sparse.size',
    'SCHILY.xattr.user.x',
    'charset',
    '__proto__',
    '',
  );
  const values = fc.oneof(
    namesOut(canary),
    oddNames(),
    fc.constantFrom('-1', '1e999', 'NaN', '99999999999999999999', '0', 'x'.repeat(100_000)),
  );
  const right = fc.array(fc.tuple(keys, values), { minLength: 1, maxLength: 4 }).map(paxOf);
  const wrong = fc
    .constantFrom(
      '5 a=b\n',
      '999999999 path=x\n',
      '-1 path=x\n',
      '0 path=x',
      'path=x',
      '13 path=x\n\n\n\n',
      `${'9'.repeat(500)} a=b\n`,
    )
    .map((text) => Buffer.from(text));
  return fc.oneof(
    right,
    right.chain((content) => anyDamage.map((damage) => damage(content))),
    wrong,
  );
}
