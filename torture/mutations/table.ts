import { crc32c, masked } from '../../harness/savedmodel/checkpoint/crc32c.js';
import { tableEntries } from '../../harness/savedmodel/checkpoint/table.js';
import { varint } from './wire.js';

/** An entry of a block, as it is written: what it says of its lengths need not be true. */
export type RawEntry = {
  readonly shared: number | bigint;
  readonly unshared: number | bigint;
  readonly valueSize: number | bigint;
  readonly key: Uint8Array;
  readonly value: Uint8Array;
};

/** What is to be written otherwise than it should be. */
export type Lies = {
  readonly restarts?: number;
  readonly compression?: number;
  /** Bytes of the handle of the data block, in the index block. */
  readonly handle?: Uint8Array;
  /** Bytes of the two handles in the footer. */
  readonly footer?: Uint8Array;
  readonly magic?: bigint;
};

/** The entries of a table, each with its whole key. */
export function rawEntries(file: Uint8Array): RawEntry[] {
  return tableEntries(file).map(({ key, value }) => whole(Buffer.from(key), value));
}

export function whole(key: Uint8Array, value: Uint8Array): RawEntry {
  return { shared: 0, unshared: key.length, valueSize: value.length, key, value };
}

/** A LevelDB table of one block, with checksums that are right whatever it says. */
export function tableOf(entries: readonly RawEntry[], lies: Lies = {}): Uint8Array {
  const data = blockOf(entries, lies);
  const handle = lies.handle ?? handleOf(0, data.length - 5);
  const index = blockOf([whole(Buffer.from('~'), handle)], {});
  const empty = blockOf([], {});
  const handles = lies.footer ?? handlesOf(data.length, empty.length, index.length);
  const footer = Buffer.alloc(48);
  footer.set(handles.subarray(0, 40));
  footer.writeBigUInt64LE(lies.magic ?? 0xdb4775248b80fb57n, 40);
  return Buffer.concat([data, empty, index, footer]);
}

export function handleOf(offset: number | bigint, size: number | bigint): Uint8Array {
  return Buffer.concat([varint(offset), varint(size)]);
}

function handlesOf(data: number, empty: number, index: number): Uint8Array {
  return Buffer.concat([handleOf(data, empty - 5), handleOf(data + empty, index - 5)]);
}

function blockOf(entries: readonly RawEntry[], { restarts = 1, compression = 0 }: Lies): Uint8Array {
  const end = Buffer.alloc(9);
  end.writeUInt32LE(restarts >>> 0, 4);
  end.writeUInt8(compression, 8);
  const block = Buffer.concat([...entries.map(bytesOf), end]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(masked(crc32c(block)));
  return Buffer.concat([block, checksum]);
}

function bytesOf({ shared, unshared, valueSize, key, value }: RawEntry): Uint8Array {
  return Buffer.concat([varint(shared), varint(unshared), varint(valueSize), key, value]);
}
