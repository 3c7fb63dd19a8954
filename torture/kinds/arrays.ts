import fc, { type Arbitrary } from 'fast-check';
import type { Kind } from '../kind.js';
import { anyDamage } from '../mutations/bytes.js';

/** What a NumPy file is made of; each part may contradict the others. */
type Parts = {
  readonly version?: readonly number[];
  readonly headerLength?: number;
  readonly header?: string;
  readonly values?: Uint8Array;
};

const dtypes = [
  '<f4',
  '>f4',
  '<f8',
  '=f4',
  '|f4',
  'f4',
  '<f2',
  '<i8',
  '<c8',
  '|O',
  '|S5',
  '<U3',
  '|V8',
  '',
  '<f44',
  '<f4\0',
];
const shapes = [
  '8,',
  '1, 8',
  '8, 1',
  '',
  '0,',
  '-8,',
  '8.0,',
  '8L,',
  '1e9,',
  '2147483648,',
  '9'.repeat(400),
  '1, 1, 8',
  'None,',
  'NaN',
  '0x8,',
  ' ,',
  'Infinity,',
  '4611686018427387905,',
  `${'1,'.repeat(5000)}8`,
];

/** Everything that can happen to a row of scores in a NumPy file. */
export const arrayKinds: readonly Kind[] = [
  kind(
    'any bytes changed',
    anyDamage.map((damage) => damage(npy({}))),
  ),
  kind(
    'a length of the header that lies',
    fc.tuple(versions(), lengths()).map(([version, headerLength]) => npy({ version, headerLength })),
  ),
  kind(
    'other dtypes',
    fc
      .constantFrom(...dtypes)
      .chain((descr) => values().map((bytes) => npy({ header: header({ descr }), values: bytes }))),
  ),
  kind(
    'shapes huge, negative or no numbers',
    fc
      .constantFrom(...shapes)
      .chain((shape) => values().map((bytes) => npy({ header: header({ shape }), values: bytes }))),
  ),
  kind(
    'a header of other Python',
    headers().map((text) => npy({ header: text })),
  ),
  kind(
    'other versions',
    versions().map((version) => npy({ version })),
  ),
];

function kind(name: string, arrays: Arbitrary<Uint8Array>): Kind {
  return {
    format: 'npy',
    name,
    share: 2,
    inputs: arrays.map((bytes) => ({ files: { 'row.npy': bytes } })),
  };
}

function npy({
  version = [1, 0],
  header: text = header({}),
  values = new Uint8Array(32),
  headerLength,
}: Parts): Uint8Array {
  const length = Buffer.alloc(version[0] === 1 ? 2 : 4);
  const stated = headerLength ?? text.length;
  if (length.length === 2) length.writeUInt16LE(stated & 0xffff);
  else length.writeUInt32LE(stated >>> 0);
  return Buffer.concat([
    Buffer.from([0x93]),
    Buffer.from('NUMPY'),
    Buffer.from(version),
    length,
    Buffer.from(text, 'latin1'),
    values,
  ]);
}

function header({ descr = '<f4', fortran = 'False', shape = '8,' }): string {
  return `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': (${shape}), }\n`;
}

function headers(): Arbitrary<string> {
  const some = [
    header({ fortran: 'True' }),
    header({ fortran: '1' }),
    header({}).repeat(100),
    "{'descr': [('a', '<f4')], 'shape': (8,)}",
    '',
    '{',
    "{'shape': (8,)}",
    "{'descr': '<f4', 'shape': [8]}",
    '__import__("os").system("true")',
    `{'descr': '<f4', 'shape': (${' '.repeat(60_000)}8,)}`,
    `${"'shape': (".repeat(5000)}`,
    `${"'descr': ".repeat(5000)}`,
    header({}).replaceAll("'", '"'),
  ];
  return fc.oneof(
    fc.constantFrom(...some),
    fc.string({ maxLength: 80 }),
    anyDamage.map((damage) => Buffer.from(damage(Buffer.from(header({})))).toString('latin1')),
  );
}

function versions(): Arbitrary<readonly number[]> {
  return fc.oneof(
    fc.constantFrom<readonly number[]>([1, 0], [2, 0], [3, 0], [0, 0], [4, 0], [255, 255]),
    fc.tuple(fc.nat(255), fc.nat(255)),
  );
}

function lengths(): Arbitrary<number> {
  return fc.oneof(fc.nat(200), fc.constantFrom(0xffff, 0x7fffffff, 0x80000000, 0xffffffff));
}

function values(): Arbitrary<Uint8Array> {
  return fc.constantFrom(0, 1, 31, 32, 33, 64, 4096).map((count) => new Uint8Array(count));
}
