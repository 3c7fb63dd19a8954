import { crc32c, masked } from './crc32c.js';
import { VarintReader } from './varint.js';

export type TableEntry = { readonly key: string; readonly value: Uint8Array };

/**
 * Reads a LevelDB table (an SSTable), which is what a checkpoint's `.index` file is.
 * Throws RangeError, with a message that follows the file's name, when it is truncated, damaged or compressed.
 */
export function tableEntries(file: Uint8Array): readonly TableEntry[] {
  const entries: TableEntry[] = [];
  let end = 0;
  for (const { value } of readBlock(file, indexHandle(file))) {
    const handle = handleAt(new VarintReader(value));
    if (handle.offset < end) throw new RangeError('has blocks that overlap');
    end = handle.offset + handle.size;
    entries.push(...readBlock(file, handle));
  }
  return entries;
}

type Handle = { readonly offset: number; readonly size: number };

const footerBytes = 48;
const magic = 0xdb4775248b80fb57n;

/** The footer holds two handles, padding, and the magic number; the second handle is the index's. */
function indexHandle(file: Uint8Array): Handle {
  if (file.length < footerBytes) throw new RangeError(`has only ${file.length} bytes`);
  const footer = file.subarray(file.length - footerBytes);
  if (view(footer).getBigUint64(footerBytes - 8, true) !== magic)
    throw new RangeError('is truncated or damaged');
  const reader = new VarintReader(footer);
  handleAt(reader);
  return handleAt(reader);
}

function handleAt(reader: VarintReader): Handle {
  return { offset: reader.next(), size: reader.next() };
}

/** A block is followed by a byte that names its compression and a checksum over both. */
function readBlock(file: Uint8Array, { offset, size }: Handle): readonly TableEntry[] {
  const end = offset + size;
  if (end + 5 > file.length) throw new RangeError('is truncated or damaged');
  const checksum = masked(crc32c(file.subarray(offset, end + 1)));
  if (view(file).getUint32(end + 1, true) !== checksum)
    throw new RangeError('is damaged: a checksum does not match');
  const compression = file[end];
  if (compression === 1) throw new RangeError('is compressed with snappy, which is not supported');
  if (compression !== 0)
    throw new RangeError(`is compressed with method ${compression}, which is not supported`);
  return entriesOf(file.subarray(offset, end));
}

/** Far longer than any path of attributes; limits the memory that a crafted file can take. */
const maxKeyLength = 4096;

/** A key shares a prefix with the key before it. The restart points at the end only serve searching. */
function entriesOf(block: Uint8Array): readonly TableEntry[] {
  if (block.length < 4) throw new RangeError('has a block that is too short');
  const end = block.length - 4 * (1 + view(block).getUint32(block.length - 4, true));
  const reader = new VarintReader(block);
  const entries: TableEntry[] = [];
  let key: Uint8Array = new Uint8Array();
  while (reader.position < end) {
    const [shared, unshared, valueSize] = [reader.next(), reader.next(), reader.next()];
    const keyEnd = reader.position + unshared;
    if (shared > key.length || shared + unshared > maxKeyLength || keyEnd + valueSize > end) {
      throw new RangeError('is damaged: an entry leaves its block');
    }
    key = Buffer.concat([key.subarray(0, shared), block.subarray(reader.position, keyEnd)]);
    reader.position = keyEnd + valueSize;
    entries.push({ key: utf8.decode(key), value: block.subarray(keyEnd, reader.position) });
  }
  return entries;
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
