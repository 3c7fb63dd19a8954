import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { crc32c, masked } from './crc32c.js';
import { tableEntries } from './table.js';

const model = new URL('../../../../models-under-test/odd-captures/', import.meta.url);
const index = readFileSync(new URL('variables/variables.index', model));

describe('a table', () => {
  test('written by TensorFlow: the header under the empty key, then sorted keys', () => {
    const [header, ...keys] = tableEntries(index).map(({ key }) => key);
    expect(header).toBe('');
    expect(keys).toContain('_CHECKPOINTABLE_OBJECT_GRAPH');
    expect(keys).toEqual([...keys].sort());
  });

  test('with keys that share a prefix, over two blocks', () => {
    const blocks = [block([entry(0, 'layer/a', '1'), entry(6, 'b', '2')]), block([entry(0, 'other', '')])];
    const entries = tableEntries(table(blocks)).map(({ key, value }) => [key, Buffer.from(value).toString()]);
    expect(entries).toEqual([
      ['layer/a', '1'],
      ['layer/b', '2'],
      ['other', ''],
    ]);
  });

  test('without entries', () => {
    expect(tableEntries(table([]))).toEqual([]);
  });
});

describe('refuses, going on after the name of the file', () => {
  const one = [block([entry(0, 'key', 'value')])];
  test.each([
    ['no bytes', new Uint8Array(), 'has only 0 bytes'],
    ['no footer', new Uint8Array(100), 'is truncated or damaged'],
    ['a cut file', index.subarray(0, -10), 'is truncated or damaged'],
    ['a changed byte', index.map((byte, at) => (at === 20 ? byte ^ 1 : byte)), 'a checksum does not match'],
    ['snappy', table(one, { compression: 1 }), 'is compressed with snappy, which is not supported'],
    ['an unknown compression', table(one, { compression: 9 }), 'is compressed with method 9'],
    [
      'an entry beyond its block',
      table([block([entry(0, 'key', 'value', 50)])]),
      'an entry leaves its block',
    ],
    ['a prefix of nothing', table([block([entry(5, 'key', '')])]), 'an entry leaves its block'],
    ['blocks read twice', table(one, { repeat: 2 }), 'has blocks that overlap'],
  ])('%s', (_, bytes, message) => {
    expect(() => tableEntries(bytes)).toThrow(message);
  });
});

test('CRC-32C of the check value', () => {
  expect(crc32c(Buffer.from('123456789')).toString(16)).toBe('e3069283');
});

function entry(shared: number, rest: string, value: string, valueSize = value.length): Buffer {
  return Buffer.concat([Buffer.from([shared, rest.length, valueSize]), Buffer.from(rest + value)]);
}

/** Entries, one restart point, and the number of restart points. */
function block(entries: readonly Buffer[]): Buffer {
  return Buffer.concat([...entries, Buffer.from([0, 0, 0, 0, 1, 0, 0, 0])]);
}

/** Data blocks, the index block, and the footer. */
function table(blocks: readonly Buffer[], { compression = 0, repeat = 1 } = {}): Buffer {
  let offset = 0;
  const handles = blocks.flatMap((data, at) => {
    const handle = Buffer.from([offset, data.length]).toString('latin1');
    offset += data.length + 5;
    return Array.from({ length: repeat }, () => entry(0, `k${at}`, handle));
  });
  const last = block(handles);
  const footer = Buffer.alloc(48);
  footer.set([0, 0, offset, last.length]);
  footer.writeBigUInt64LE(0xdb4775248b80fb57n, 40);
  return Buffer.concat([...blocks.map((data) => sealed(data, compression)), sealed(last, 0), footer]);
}

/** A block with its compression and its checksum after it. */
function sealed(data: Buffer, compression: number): Buffer {
  const whole = Buffer.concat([data, Buffer.from([compression])]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(masked(crc32c(whole)));
  return Buffer.concat([whole, checksum]);
}
