import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { tableEntries } from '../../harness/savedmodel/checkpoint/table.js';
import { inProject } from '../../proof/project.js';
import { fraction } from './bytes.js';
import { jpegOf, segmentsOf } from './jpeg.js';
import { pngOf, smallPng } from './png.js';
import { rawEntries, tableOf } from './table.js';
import { fieldsOf, message, replaced, tag, varint } from './wire.js';

describe('what is written without a lie is read as it was', () => {
  test('protocol buffers, each field written in its own place', () => {
    const file = readFileSync(inProject('models-under-test', 'tiny-features', 'saved_model.pb'));
    const fields = fieldsOf(file);
    expect(fields.length).toBeGreaterThan(1000);
    const same = (at: number) => {
      const field = fields[Math.floor(at * fields.length)];
      return field && replaced(file, field, file.subarray(field.start, field.end));
    };
    fc.assert(
      fc.property(fraction(), (at) => Buffer.compare(same(at) ?? Buffer.of(), file) === 0),
      { numRuns: 50 },
    );
  });

  test('a field that grows makes what is around it grow', () => {
    const file = message(1, message(2, Buffer.from('ab')));
    const inner = fieldsOf(file).find(({ number }) => number === 2);
    expect(inner).toBeDefined();
    const longer = message(2, new Uint8Array(300));
    expect(inner && replaced(file, inner, longer)).toEqual(Buffer.from(message(1, longer)));
  });

  test('varints and tags', () => {
    expect([...varint(300)]).toEqual([0xac, 0x02]);
    expect([...varint(-1)]).toHaveLength(10);
    expect([...tag(1, 2)]).toEqual([0x0a]);
  });

  test('the table of a checkpoint', () => {
    const file = readFileSync(
      inProject('models-under-test', 'tiny-features', 'variables', 'variables.index'),
    );
    expect(tableEntries(tableOf(rawEntries(file)))).toEqual(tableEntries(file));
  });

  test.each([2, 3])('a PNG of colour type %s', (color) => {
    expect(decode(pngOf(smallPng({ color })))).toMatchObject({ width: 8, height: 8, depth: 8 });
  });

  test('a JPEG, segment by segment', () => {
    const file = readFileSync(inProject('specs', 'shapes-classifier', 'red-cross.jpg'));
    const { segments, rest } = segmentsOf(file);
    expect(segments.length).toBeGreaterThan(4);
    expect(jpegOf(segments, rest)).toEqual(file);
  });
});
