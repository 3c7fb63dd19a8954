import { ByteReader, Malformed } from './byte-reader.js';

/** Tables of an MLIR module in bytecode. Source: "MLIR Bytecode Format" of MLIR's documentation. */
export type Bytecode = {
  readonly version: number;
  readonly strings: readonly string[];
  /** Names of operations, `dialect.name`, as operations of the module number them. */
  readonly operations: readonly string[];
  readonly attributes: readonly AttributeNumbers[];
  /** The properties of operations, as numbers: of attributes, where an operation has nothing else. */
  readonly properties: readonly (readonly number[])[];
  /** The operations of the module. */
  readonly code: ByteReader;
};

/** An attribute as numbers, as far as it can be read so: its kind in its dialect, then often those of strings or of other attributes. */
export type AttributeNumbers = { readonly dialect: string; readonly numbers: readonly number[] };

const sections = { strings: 0, dialects: 1, attributes: 2, offsets: 3, code: 4, properties: 8 } as const;

/** @throws Malformed where the bytes are no bytecode, or one of a version that is not known */
export function readBytecode(bytes: Uint8Array): Bytecode {
  const reader = new ByteReader(bytes);
  if ([0x4d, 0x4c, 0xef, 0x52].some((byte) => reader.byte() !== byte)) throw new Malformed();
  const version = reader.number();
  if (version > 6) throw new Malformed();
  reader.text();
  const found = new Map<number, ByteReader>();
  while (!reader.done) {
    const { id, content } = readSection(reader);
    found.set(id, content);
  }
  const at = (name: keyof typeof sections) =>
    found.get(sections[name]) ?? new ByteReader(new Uint8Array([1]));
  const strings = readStrings(at('strings'));
  const { dialects, operations } = readDialects(at('dialects'), strings, version);
  return {
    version,
    strings,
    operations,
    attributes: readAttributes(at('offsets'), at('attributes'), dialects),
    properties: readProperties(at('properties')),
    code: at('code'),
  };
}

/** Its number, and what it holds. */
export function readSection(reader: ByteReader): { readonly id: number; readonly content: ByteReader } {
  const head = reader.byte();
  const length = reader.number();
  if (head & 0x80) reader.align(reader.number());
  return { id: head & 0x7f, content: reader.part(length) };
}

/** Their lengths come first, the last string's before all others. */
function readStrings(reader: ByteReader): string[] {
  const lengths = reader.numbers().reverse();
  return lengths.map((length) => reader.part(length).text());
}

function readDialects(reader: ByteReader, strings: readonly string[], version: number) {
  const dialects = reader.times(reader.number(), () => {
    const name = reader.number();
    if (version > 0 && name & 1) readSection(reader);
    return strings[version > 0 ? name >> 1 : name] ?? '';
  });
  const nameOf = (number: number) => strings[version < 5 ? number : number >> 1] ?? '';
  const count = version < 4 ? Number.POSITIVE_INFINITY : reader.number();
  const operations = readGroups(
    reader,
    count,
    dialects,
    (dialect) => `${dialect}.${nameOf(reader.number())}`,
  );
  return { dialects, operations };
}

/** Entries stand in groups of one dialect each, up to the count or the end. */
function readGroups<T>(
  reader: ByteReader,
  count: number,
  dialects: readonly string[],
  read: (dialect: string) => T,
): T[] {
  const entries: T[] = [];
  while (entries.length < count && !reader.done) {
    const dialect = dialects[reader.number()] ?? '';
    entries.push(...reader.times(reader.number(), () => read(dialect)));
  }
  return entries;
}

function readAttributes(
  offsets: ByteReader,
  content: ByteReader,
  dialects: readonly string[],
): AttributeNumbers[] {
  const count = offsets.number();
  offsets.number();
  return readGroups(offsets, count, dialects, (dialect) => ({
    dialect,
    numbers: numbersIn(offsets.number(), content),
  }));
}

/** The low bit says whether an attribute is encoded by its dialect, or is a text. */
function numbersIn(lengthAndEncoded: number, content: ByteReader): number[] {
  const attribute = content.part(lengthAndEncoded >> 1);
  return lengthAndEncoded & 1 ? attribute.rest() : [];
}

function readProperties(reader: ByteReader): number[][] {
  return reader.times(reader.number(), () => reader.part(reader.number()).rest());
}
