import { type ByteReader, Malformed } from './byte-reader.js';
import { type Bytecode, readSection } from './bytecode.js';

/** An operation of a module: its name, and the numbers of its dictionary of attributes and of its properties. */
export type Operation = {
  readonly name: string;
  readonly attributes: number | undefined;
  readonly properties: number | undefined;
};

/** Bits that say what follows an operation's name. */
const has = { attributes: 1, results: 2, operands: 4, successors: 8, regions: 16, order: 32, properties: 64 };

/** All operations of a module, those of its functions included. @throws Malformed */
export function operationsIn({ version, operations: names, code }: Bytecode): Operation[] {
  const found: Operation[] = [];
  readBlock(code, 0);
  return found;

  function readBlock(reader: ByteReader, depth: number): void {
    if (depth > deepest) throw new Malformed();
    const countAndArguments = reader.number();
    if (countAndArguments & 1) readBlockArguments(reader, version);
    for (let left = countAndArguments >> 1; left > 0; left--) readOperation(reader, depth);
  }

  function readOperation(reader: ByteReader, depth: number): void {
    const name = names[reader.number()];
    const mask = reader.byte();
    if (name === undefined) throw new Malformed();
    reader.number();
    const attributes = mask & has.attributes ? reader.number() : undefined;
    const properties = mask & has.properties ? reader.number() : undefined;
    found.push({ name, attributes, properties });
    const results = mask & has.results ? reader.numbers().length : 0;
    for (const list of [has.operands, has.successors]) if (mask & list) reader.numbers();
    if (mask & has.order) readOrder(reader, results);
    if (mask & has.regions) readRegions(reader, depth);
  }

  function readRegions(reader: ByteReader, depth: number): void {
    const countAndIsolated = reader.number();
    const isApart = countAndIsolated & 1 && version >= 2;
    const content = isApart ? readSection(reader).content : reader;
    for (let left = countAndIsolated >> 1; left > 0; left--) readRegion(content, depth);
  }

  function readRegion(reader: ByteReader, depth: number): void {
    const blocks = reader.number();
    if (blocks > 0) reader.number();
    for (let left = blocks; left > 0; left--) readBlock(reader, depth + 1);
  }
}

/** Regions within regions: programs have few, and a file could have thousands. */
const deepest = 100;

/** Their types, the places in a source that they come from, and the order of their uses. */
function readBlockArguments(reader: ByteReader, version: number): void {
  const { length } = reader.times(reader.number(), () => {
    const typeAndPlace = reader.number();
    if (version < 4 || typeAndPlace & 1) reader.number();
  });
  if (version >= 3 && reader.byte() !== 0) readOrder(reader, length);
}

/** In which order the uses of values stand, where it is not the usual one. */
function readOrder(reader: ByteReader, values: number): void {
  const count = values > 1 ? reader.number() : 1;
  reader.times(count, () => {
    if (values > 1) reader.number();
    reader.times(reader.number() >> 1, () => reader.number());
  });
}
